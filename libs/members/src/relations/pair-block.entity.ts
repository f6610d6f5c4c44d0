import { Column, Entity, PrimaryColumn } from 'typeorm';

/** Two people who are not to meet again, the lower id first: which of them asked is not kept. */
@Entity('pair_block')
export class PairBlockRow {
  @PrimaryColumn('uuid', { name: 'bank_id' }) bankId!: string;
  @PrimaryColumn('uuid', { name: 'member_id' }) memberId!: string;
  @PrimaryColumn('uuid', { name: 'other_member_id' }) otherMemberId!: string;
  @Column('uuid', { name: 'recorded_by' }) recordedBy!: string;
  @Column('timestamptz', { name: 'recorded_at' }) recordedAt!: Date;
}
