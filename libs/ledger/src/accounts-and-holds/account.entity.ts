import type { AccountKind } from '@timebank/contract';
import { Column, Entity, PrimaryColumn } from 'typeorm';

/** An account as it is now. Free minutes are `balanceMinutes - heldOutMinutes - floorMinutes`. */
@Entity('account')
export class Account {
  @PrimaryColumn('uuid', { name: 'bank_id' }) bankId!: string;
  @PrimaryColumn('uuid', { name: 'account_id' }) accountId!: string;
  @Column('text') kind!: AccountKind;
  @Column('uuid', { name: 'owner_id', nullable: true }) ownerId!: string | null;
  @Column('bigint', { name: 'balance_minutes' }) balanceMinutes!: number;
  @Column('bigint', { name: 'held_out_minutes' }) heldOutMinutes!: number;
  @Column('bigint', { name: 'floor_minutes', nullable: true }) floorMinutes!: number | null;
  @Column('bigint', { name: 'ceiling_minutes', nullable: true }) ceilingMinutes!: number | null;
  @Column('bigint') version!: number;
  @Column('timestamptz', { name: 'recorded_until' }) recordedUntil!: Date;
  @Column('timestamptz', { name: 'opened_at' }) openedAt!: Date;
  /** Hash of the newest entry; null before the first. */
  @Column('bytea', { name: 'head_hash', nullable: true }) headHash!: Buffer | null;
  @Column('timestamptz', { name: 'closed_at', nullable: true }) closedAt!: Date | null;
  /** How many rows its history has; kind, owner and limits are those of the newest. */
  @Column('integer') revision!: number;
}
