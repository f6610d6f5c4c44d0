import { Column, Entity, PrimaryColumn, VersionColumn } from 'typeorm';

type MemberRole = 'volunteer' | 'client';

/** Somebody who asks to join. */
@Entity('application')
export class ApplicationRow {
  static readonly defaulted = ['version'] as const;
  @PrimaryColumn('uuid', { name: 'bank_id' }) bankId!: string;
  @PrimaryColumn('uuid', { name: 'application_id' }) applicationId!: string;
  @Column('text') name!: string;
  @Column('date', { name: 'birth_date' }) birthDate!: string;
  @Column('text') phone!: string;
  @Column('text', { array: true }) roles!: MemberRole[];
  @Column('text', { name: 'home_address', nullable: true }) homeAddress!: string | null;
  @Column('text', { name: 'volunteer_number', nullable: true }) volunteerNumber!: string | null;
  @Column('bytea', { name: 'identity_hash', nullable: true }) identityHash!: Buffer | null;
  @Column('text', { name: 'guardian_name', nullable: true }) guardianName!: string | null;
  @Column('text', { name: 'guardian_phone', nullable: true }) guardianPhone!: string | null;
  @Column('text', { name: 'guardian_kind', nullable: true }) guardianKind!: 'parent' | 'grandparent' | 'other' | null;
  @Column('jsonb') consents!: { photo?: boolean; publication?: boolean };
  @Column('integer', { name: 'text_version' }) textVersion!: number;
  @Column('text') language!: string;
  @Column('text') state!: 'applied' | 'accepted' | 'refused';
  @Column('timestamptz', { name: 'applied_at' }) appliedAt!: Date;
  @Column('text', { name: 'checked_way', nullable: true }) checkedWay!: 'person' | 'document' | null;
  @Column('uuid', { name: 'checked_by', nullable: true }) checkedBy!: string | null;
  @Column('timestamptz', { name: 'checked_at', nullable: true }) checkedAt!: Date | null;
  @Column('uuid', { name: 'decided_by', nullable: true }) decidedBy!: string | null;
  @Column('timestamptz', { name: 'decided_at', nullable: true }) decidedAt!: Date | null;
  @Column('text', { name: 'reason_code', nullable: true }) reasonCode!: string | null;
  @Column('text', { nullable: true }) note!: string | null;
  @Column('bytea', { name: 'content_hash' }) contentHash!: Buffer;
  @VersionColumn({ type: 'integer' }) version!: number;
}
