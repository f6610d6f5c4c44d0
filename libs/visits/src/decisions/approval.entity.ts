import { Column, Entity, PrimaryColumn } from 'typeorm';

/** One decision over up to a thousand visits, with its results; never changed. */
@Entity('approval')
export class ApprovalRow {
  @PrimaryColumn('uuid', { name: 'bank_id' }) bankId!: string;
  @PrimaryColumn('uuid', { name: 'approval_id' }) approvalId!: string;
  @Column('uuid', { name: 'actor_id' }) actorId!: string;
  @Column('text') decision!: 'approve' | 'reject';
  @Column('text', { name: 'reason_code', nullable: true }) reasonCode!: string | null;
  @Column('text', { nullable: true }) note!: string | null;
  @Column('bytea', { name: 'content_hash' }) contentHash!: Buffer;
  @Column('jsonb') results!: object;
  @Column('timestamptz', { name: 'decided_at' }) decidedAt!: Date;
}

/** That a visit waited too long for a decision; never changed. */
@Entity('visit_escalation')
export class VisitEscalationRow {
  @PrimaryColumn('uuid', { name: 'bank_id' }) bankId!: string;
  @PrimaryColumn('uuid', { name: 'visit_id' }) visitId!: string;
  @Column('timestamptz', { name: 'waiting_since' }) waitingSince!: Date;
  @Column('timestamptz', { name: 'escalated_at' }) escalatedAt!: Date;
}
