import type { PolicyInput } from '@timebank/contract';
import { Column, Entity, PrimaryColumn } from 'typeorm';

/** One dated policy value. `bankId` is null for the city's own. Rows are never changed. */
@Entity('policy')
export class PolicyLine {
  static readonly defaulted = ['policyNumber'] as const;
  @PrimaryColumn('uuid', { name: 'policy_id' }) policyId!: string;
  @Column('bigint', { name: 'policy_number' }) policyNumber!: number;
  @Column('uuid', { name: 'bank_id', nullable: true }) bankId!: string | null;
  @Column('text') key!: string;
  @Column('jsonb') value!: PolicyInput['value'];
  @Column('date', { name: 'valid_from' }) validFrom!: string;
  @Column('text') source!: string;
  @Column('uuid', { name: 'recorded_by' }) recordedBy!: string;
  @Column('timestamptz', { name: 'recorded_at' }) recordedAt!: Date;
  @Column('bytea', { name: 'content_hash' }) contentHash!: Buffer;
}
