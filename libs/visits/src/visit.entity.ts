import type { Assurance, CancelReason, CancelSide, Lane, VisitState } from '@timebank/contract';
import { Column, Entity, PrimaryColumn, VersionColumn } from 'typeorm';

/** One occurrence of help by one volunteer. Captured times never change once set; credited ones are what approval would credit, or has. */
@Entity('visit')
export class VisitRow {
  static readonly defaulted = ['scanOutReminders', 'version'] as const;
  @PrimaryColumn('uuid', { name: 'bank_id' }) bankId!: string;
  @PrimaryColumn('uuid', { name: 'visit_id' }) visitId!: string;
  @Column('uuid', { name: 'request_id' }) requestId!: string;
  @Column('uuid', { name: 'client_id' }) clientId!: string;
  @Column('uuid', { name: 'volunteer_id' }) volunteerId!: string;
  /** Null for a volunteer of the visit's own bank; of a guest, where they are at home. */
  @Column('uuid', { name: 'volunteer_home_bank_id', nullable: true }) volunteerHomeBankId!: string | null;
  @Column('text', { name: 'service_kind' }) serviceKind!: string;
  @Column('timestamptz', { name: 'planned_start' }) plannedStart!: Date;
  @Column('timestamptz', { name: 'planned_end' }) plannedEnd!: Date;
  @Column('integer', { name: 'planned_minutes' }) plannedMinutes!: number;
  @Column('uuid', { name: 'hold_id' }) holdId!: string;
  /** Where its minutes are held, if not on its client's account. */
  @Column('uuid', { name: 'payer_account_id', nullable: true }) payerAccountId!: string | null;
  /** Why a coordinator let the client pay what the pool pays for. */
  @Column('text', { name: 'payer_note', nullable: true }) payerNote!: string | null;
  @Column('text') state!: VisitState;
  @Column('text', { nullable: true }) lane!: Lane | null;
  @Column('text') class!: 'verified' | 'manual';
  @Column('text', { nullable: true }) assurance!: Assurance | null;
  @Column('timestamptz', { name: 'captured_in', nullable: true }) capturedIn!: Date | null;
  @Column('timestamptz', { name: 'captured_out', nullable: true }) capturedOut!: Date | null;
  @Column('timestamptz', { name: 'credited_start', nullable: true }) creditedStart!: Date | null;
  @Column('timestamptz', { name: 'credited_end', nullable: true }) creditedEnd!: Date | null;
  @Column('integer', { name: 'credited_minutes', nullable: true }) creditedMinutes!: number | null;
  @Column('uuid', { name: 'entered_by', nullable: true }) enteredBy!: string | null;
  @Column('timestamptz', { name: 'entered_at', nullable: true }) enteredAt!: Date | null;
  @Column('bytea', { name: 'entered_hash', nullable: true }) enteredHash!: Buffer | null;
  @Column('text', { name: 'manual_reason_code', nullable: true }) manualReasonCode!: string | null;
  @Column('text', { name: 'manual_note', nullable: true }) manualNote!: string | null;
  /** What times entered by hand were read from. */
  @Column('text', { nullable: true }) evidence!: string | null;
  @Column('uuid', { name: 'planned_by' }) plannedBy!: string;
  @Column('uuid', { name: 'cancelled_by', nullable: true }) cancelledBy!: string | null;
  @Column('timestamptz', { name: 'cancelled_at', nullable: true }) cancelledAt!: Date | null;
  @Column('text', { name: 'cancel_note', nullable: true }) cancelNote!: string | null;
  /** Who called it off, and why; null on visits cancelled before this was recorded. */
  @Column('text', { name: 'cancelled_side', nullable: true }) cancelledSide!: CancelSide | null;
  @Column('text', { name: 'cancel_reason_code', nullable: true }) cancelReasonCode!: CancelReason | null;
  /** Since when it waits, or waited, for a decision; null before it ends, and on visits that ended before this was recorded. */
  @Column('timestamptz', { name: 'waiting_since', nullable: true }) waitingSince!: Date | null;
  @Column('uuid', { name: 'approval_id', nullable: true }) approvalId!: string | null;
  @Column('uuid', { name: 'decided_by', nullable: true }) decidedBy!: string | null;
  /** Set where a rule decided and no person did. */
  @Column('text', { name: 'decided_rule', nullable: true }) decidedRule!: 'auto_approve' | null;
  @Column('timestamptz', { name: 'decided_at', nullable: true }) decidedAt!: Date | null;
  @Column('text', { name: 'decision_reason_code', nullable: true }) decisionReasonCode!: string | null;
  /** What the rules proposed when it was decided; null on visits decided before this was recorded. */
  @Column('integer', { name: 'proposed_minutes', nullable: true }) proposedMinutes!: number | null;
  /** Who paid, if not the client. */
  @Column('text', { nullable: true }) payer!: 'pool' | 'fund' | null;
  @Column('uuid', { name: 'transfer_id', nullable: true }) transferId!: string | null;
  @Column('bytea', { name: 'content_hash' }) contentHash!: Buffer;
  /** Reminders of the missing scan-out sent so far. */
  @Column('smallint', { name: 'scan_out_reminders' }) scanOutReminders!: number;
  @VersionColumn({ type: 'integer' }) version!: number;
  @Column('timestamptz', { name: 'created_at' }) createdAt!: Date;
}
