import { Column, Entity, PrimaryColumn } from 'typeorm';

/** A dated policy row that was withdrawn before it began, and so never counts. `bankId` is its row's. */
@Entity('policy_withdrawal')
export class PolicyWithdrawalRow {
  @PrimaryColumn('uuid', { name: 'policy_id' }) policyId!: string;
  @Column('uuid', { name: 'bank_id', nullable: true }) bankId!: string | null;
  @Column('uuid', { name: 'withdrawn_by' }) withdrawnBy!: string;
  @Column('timestamptz', { name: 'withdrawn_at' }) withdrawnAt!: Date;
}
