import { Column, Entity, PrimaryColumn, VersionColumn } from 'typeorm';

/** A kind of qualification of the city: how long it is good for, and how it is renewed. */
@Entity('qualification_kind')
export class QualificationKindRow {
  static readonly defaulted = ['version'] as const;
  @PrimaryColumn('text') code!: string;
  @Column('integer', { name: 'validity_months' }) validityMonths!: number;
  @Column('boolean', { name: 'to_year_end' }) toYearEnd!: boolean;
  @Column('integer', { name: 'reactivate_within_days', nullable: true }) reactivateWithinDays!: number | null;
  @Column('integer', { name: 'refresher_minutes', nullable: true }) refresherMinutes!: number | null;
  @VersionColumn({ type: 'integer' }) version!: number;
}

/** Many qualifications that last longer by one act. */
@Entity('qualification_extension')
export class ExtensionRow {
  @PrimaryColumn('uuid', { name: 'bank_id' }) bankId!: string;
  @PrimaryColumn('uuid', { name: 'extension_id' }) extensionId!: string;
  @Column('text') code!: string;
  @Column('date', { name: 'from_day' }) fromDay!: string;
  @Column('date', { name: 'to_day' }) toDay!: string;
  @Column('date', { name: 'valid_until' }) validUntil!: string;
  @Column('text') note!: string;
  @Column('uuid', { name: 'extended_by' }) extendedBy!: string;
  @Column('timestamptz', { name: 'extended_at' }) extendedAt!: Date;
  @Column('uuid', { name: 'undone_by', nullable: true }) undoneBy!: string | null;
  @Column('timestamptz', { name: 'undone_at', nullable: true }) undoneAt!: Date | null;
  @Column('bytea', { name: 'content_hash' }) contentHash!: Buffer;
}

/** One of them, and its last day before. */
@Entity('qualification_extended')
export class ExtendedRow {
  @PrimaryColumn('uuid', { name: 'bank_id' }) bankId!: string;
  @PrimaryColumn('uuid', { name: 'extension_id' }) extensionId!: string;
  @PrimaryColumn('uuid', { name: 'member_id' }) memberId!: string;
  @Column('date', { name: 'valid_before' }) validBefore!: string;
  /** Which grant lasted longer by it. */
  @Column('integer') grants!: number;
}

/** A volunteer who goes along with newcomers. */
@Entity('mentor')
export class MentorRow {
  @PrimaryColumn('uuid', { name: 'bank_id' }) bankId!: string;
  @PrimaryColumn('uuid', { name: 'member_id' }) memberId!: string;
  @Column('uuid', { name: 'named_by' }) namedBy!: string;
  @Column('timestamptz', { name: 'named_at' }) namedAt!: Date;
}

/** Who was trained for a kind of service, by which course. */
@Entity('trained')
export class TrainedRow {
  @PrimaryColumn('uuid', { name: 'bank_id' }) bankId!: string;
  @PrimaryColumn('uuid', { name: 'member_id' }) memberId!: string;
  @PrimaryColumn('text', { name: 'service_kind' }) serviceKind!: string;
  @PrimaryColumn('uuid', { name: 'course_id' }) courseId!: string;
  @Column('date', { name: 'trained_on' }) trainedOn!: string;
  @Column('uuid', { name: 'recorded_by' }) recordedBy!: string;
}
