import { Column, Entity, PrimaryColumn } from 'typeorm';

/** What a member may do, through `validUntil`. */
@Entity('qualification')
export class QualificationRow {
  static readonly defaulted = ['grants'] as const;
  @PrimaryColumn('uuid', { name: 'bank_id' }) bankId!: string;
  @PrimaryColumn('uuid', { name: 'member_id' }) memberId!: string;
  @PrimaryColumn('text') code!: string;
  @Column('date', { name: 'valid_until' }) validUntil!: string;
  @Column('uuid', { name: 'recorded_by' }) recordedBy!: string;
  @Column('timestamptz', { name: 'recorded_at' }) recordedAt!: Date;
  /** How often it was granted: an extension is no grant. */
  @Column('integer') grants!: number;
}

/** What a member may do without, through `validUntil`, and who said so. */
@Entity('qualification_exemption')
export class ExemptionRow {
  @PrimaryColumn('uuid', { name: 'bank_id' }) bankId!: string;
  @PrimaryColumn('uuid', { name: 'member_id' }) memberId!: string;
  @PrimaryColumn('text') code!: string;
  @Column('date', { name: 'valid_until' }) validUntil!: string;
  @Column('text') note!: string;
  @Column('uuid', { name: 'approved_by' }) approvedBy!: string;
  @Column('timestamptz', { name: 'approved_at' }) approvedAt!: Date;
}
