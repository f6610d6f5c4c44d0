import type { GrantOutcome, GrantReason } from '@timebank/contract';
import { Column, Entity, PrimaryColumn } from 'typeorm';

/** The grants of a bank for a month. The counts move with the rows, in the same transaction. */
@Entity('grant_run')
export class GrantRunRow {
  static readonly defaulted = [
    'eligibleMembers',
    'settledMembers',
    'grantedMembers',
    'refusedMembers',
    'poolMinutes',
    'fundMinutes',
  ] as const;
  @PrimaryColumn('uuid', { name: 'bank_id' }) bankId!: string;
  @PrimaryColumn('uuid', { name: 'run_id' }) runId!: string;
  @Column('text') month!: string;
  @Column('integer', { name: 'minutes_each' }) minutesEach!: number;
  @Column('integer', { name: 'eligible_members' }) eligibleMembers!: number;
  @Column('integer', { name: 'settled_members' }) settledMembers!: number;
  @Column('integer', { name: 'granted_members' }) grantedMembers!: number;
  @Column('integer', { name: 'refused_members' }) refusedMembers!: number;
  @Column('bigint', { name: 'pool_minutes' }) poolMinutes!: number;
  @Column('bigint', { name: 'fund_minutes' }) fundMinutes!: number;
  @Column('uuid', { name: 'started_by' }) startedBy!: string;
  @Column('timestamptz', { name: 'started_at' }) startedAt!: Date;
  @Column('timestamptz', { name: 'finished_at', nullable: true }) finishedAt!: Date | null;
}

/** A member that a run is for. Null while waiting. */
@Entity('grant_row')
export class GrantRowRow {
  static readonly defaulted = ['poolMinutes', 'fundMinutes'] as const;
  @PrimaryColumn('uuid', { name: 'bank_id' }) bankId!: string;
  @PrimaryColumn('uuid', { name: 'run_id' }) runId!: string;
  @PrimaryColumn('integer') place!: number;
  @Column('uuid', { name: 'member_id' }) memberId!: string;
  @Column('uuid', { name: 'account_id' }) accountId!: string;
  @Column('text') reason!: GrantReason;
  @Column('text', { nullable: true }) outcome!: Exclude<GrantOutcome, 'waiting'> | null;
  @Column('integer', { name: 'pool_minutes' }) poolMinutes!: number;
  @Column('integer', { name: 'fund_minutes' }) fundMinutes!: number;
  @Column('text', { nullable: true }) code!: string | null;
}
