import type { TransferClass, TransferKind } from '@timebank/contract';
import { Column, Entity, PrimaryColumn } from 'typeorm';

/** Minutes from a debit account to a credit account, with the version and the balance that each had afterwards. Never changed. */
@Entity('transfer')
export class Transfer {
  @PrimaryColumn('uuid', { name: 'bank_id' }) bankId!: string;
  @PrimaryColumn('uuid', { name: 'transfer_id' }) transferId!: string;
  @Column('uuid', { name: 'debit_account_id' }) debitAccountId!: string;
  @Column('uuid', { name: 'credit_account_id' }) creditAccountId!: string;
  @Column('uuid', { name: 'visit_id', nullable: true }) visitId!: string | null;
  @Column('uuid', { name: 'reverses_id', nullable: true }) reversesId!: string | null;
  @Column('uuid', { name: 'actor_id' }) actorId!: string;
  @Column('timestamptz', { name: 'effective_at' }) effectiveAt!: Date;
  @Column('timestamptz', { name: 'recorded_at' }) recordedAt!: Date;
  @Column('bigint', { name: 'debit_version' }) debitVersion!: number;
  @Column('bigint', { name: 'debit_balance_after' }) debitBalanceAfter!: number;
  @Column('bigint', { name: 'credit_version' }) creditVersion!: number;
  @Column('bigint', { name: 'credit_balance_after' }) creditBalanceAfter!: number;
  @Column('integer') minutes!: number;
  @Column('text') kind!: TransferKind;
  @Column('text', { nullable: true }) class!: TransferClass | null;
  @Column('text', { name: 'memo_code', nullable: true }) memoCode!: string | null;
  @Column('bytea', { name: 'debit_hash' }) debitHash!: Buffer;
  @Column('bytea', { name: 'credit_hash' }) creditHash!: Buffer;
}
