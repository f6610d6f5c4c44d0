import type { OfferState } from '@timebank/contract';
import { Column, Entity, PrimaryColumn } from 'typeorm';

/** One request put to one volunteer. */
@Entity('offer')
export class OfferRow {
  @PrimaryColumn('uuid', { name: 'bank_id' }) bankId!: string;
  @PrimaryColumn('uuid', { name: 'offer_id' }) offerId!: string;
  @Column('uuid', { name: 'request_id' }) requestId!: string;
  @Column('uuid', { name: 'volunteer_id' }) volunteerId!: string;
  @Column('text', { name: 'service_kind' }) serviceKind!: string;
  @Column('text') state!: OfferState;
  /** Which round it went out in, or which coordinator asked; neither where the volunteer stands by of their own. */
  @Column('integer', { nullable: true }) round!: number | null;
  @Column('uuid', { name: 'offered_by', nullable: true }) offeredBy!: string | null;
  @Column('timestamptz', { name: 'offered_at' }) offeredAt!: Date;
  @Column('timestamptz', { name: 'answer_by' }) answerBy!: Date;
  @Column('timestamptz', { name: 'answered_at', nullable: true }) answeredAt!: Date | null;
  @Column('text', { name: 'reason_code', nullable: true }) reasonCode!: string | null;
  @Column('uuid', { name: 'visit_id', nullable: true }) visitId!: string | null;
  /** The visit of the colleague who puts it to them. */
  @Column('uuid', { name: 'hands_over', nullable: true }) handsOver!: string | null;
}

/** How far the asking about a request has come. */
@Entity('offer_round')
export class OfferRoundRow {
  static readonly defaulted = ['anewAfter'] as const;
  @PrimaryColumn('uuid', { name: 'bank_id' }) bankId!: string;
  @PrimaryColumn('uuid', { name: 'request_id' }) requestId!: string;
  @Column('integer') round!: number;
  @Column('boolean', { name: 'is_last' }) isLast!: boolean;
  @Column('timestamptz') until!: Date;
  /** A place fell free after this round: the asking began anew, and when. */
  @Column('integer', { name: 'anew_after' }) anewAfter!: number;
  @Column('timestamptz', { name: 'anew_at', nullable: true }) anewAt!: Date | null;
  /** Since when volunteers of other banks may be asked, too. */
  @Column('timestamptz', { name: 'shared_at', nullable: true }) sharedAt!: Date | null;
}
