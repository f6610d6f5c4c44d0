import type { RelationKind } from '@timebank/contract';
import { Column, Entity, PrimaryColumn } from 'typeorm';

/** `otherMemberId` is the `kind` of `memberId`. One row a pair, read from both sides. */
@Entity('relation')
export class RelationRow {
  @PrimaryColumn('uuid', { name: 'bank_id' }) bankId!: string;
  @PrimaryColumn('uuid', { name: 'member_id' }) memberId!: string;
  @PrimaryColumn('uuid', { name: 'other_member_id' }) otherMemberId!: string;
  /** Where the other is a member, when that is another bank. */
  @Column('uuid', { name: 'other_bank_id', nullable: true }) otherBankId!: string | null;
  @Column('text') kind!: RelationKind;
  @Column('uuid', { name: 'recorded_by' }) recordedBy!: string;
  @Column('timestamptz', { name: 'recorded_at' }) recordedAt!: Date;
}
