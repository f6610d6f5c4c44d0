import type { LeavingReason } from '@timebank/contract';
import { Column, Entity, PrimaryColumn } from 'typeorm';

/** What was on a member's account when they left, and why they left. Never changed. */
@Entity('settlement')
export class SettlementRow {
  @PrimaryColumn('uuid', { name: 'bank_id' }) bankId!: string;
  @PrimaryColumn('uuid', { name: 'settlement_id' }) settlementId!: string;
  @Column('uuid', { name: 'member_id' }) memberId!: string;
  @Column('text') reason!: LeavingReason;
  @Column('date', { name: 'left_on' }) leftOn!: string;
  @Column('bigint', { name: 'balance_minutes' }) balanceMinutes!: number;
  @Column('bytea', { name: 'content_hash' }) contentHash!: Buffer;
  @Column('uuid', { name: 'settled_by' }) settledBy!: string;
  @Column('timestamptz', { name: 'settled_at' }) settledAt!: Date;
}

/** What one heir, or the pool, received. `overflowMinutes` went on because they did not fit under a ceiling. */
@Entity('settlement_share')
export class SettlementShareRow {
  @PrimaryColumn('uuid', { name: 'bank_id' }) bankId!: string;
  @PrimaryColumn('uuid', { name: 'settlement_id' }) settlementId!: string;
  @PrimaryColumn('integer') place!: number;
  @Column('uuid', { name: 'account_id' }) accountId!: string;
  @Column('uuid', { name: 'transfer_id' }) transferId!: string;
  @Column('integer') minutes!: number;
  @Column('integer', { name: 'overflow_minutes' }) overflowMinutes!: number;
}
