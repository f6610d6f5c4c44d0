import type { RelationKind } from '@timebank/contract';
import { Column, Entity, PrimaryColumn } from 'typeorm';

/** `otherMemberId` is the `kind` of `memberId`. One row a pair, read from both sides. */
@Entity('relation')
export class RelationRow {
  @PrimaryColumn('uuid', { name: 'bank_id' }) bankId!: string;
  @PrimaryColumn('uuid', { name: 'member_id' }) memberId!: string;
  @PrimaryColumn('uuid', { name: 'other_member_id' }) otherMemberId!: string;
  /** The other one's bank, if that is another bank. */
  @Column('uuid', { name: 'other_bank_id', nullable: true }) otherBankId!: string | null;
  @Column('text') kind!: RelationKind;
  @Column('uuid', { name: 'recorded_by' }) recordedBy!: string;
  @Column('timestamptz', { name: 'recorded_at' }) recordedAt!: Date;
  /** By a second person of the desk, or by the other bank of a relation between two. */
  @Column('uuid', { name: 'confirmed_by', nullable: true }) confirmedBy!: string | null;
  @Column('timestamptz', { name: 'confirmed_at', nullable: true }) confirmedAt!: Date | null;
  /** When each of the two confirmed it themselves; from then on they may give to the other. */
  @Column('timestamptz', { name: 'member_said_at', nullable: true }) memberSaidAt!: Date | null;
  @Column('timestamptz', { name: 'other_said_at', nullable: true }) otherSaidAt!: Date | null;
  /** The first day on which they are no longer related. They still may not judge each other's visits, to be safe. */
  @Column('date', { name: 'ended_on', nullable: true }) endedOn!: string | null;
  @Column('uuid', { name: 'ended_by', nullable: true }) endedBy!: string | null;
  @Column('timestamptz', { name: 'ended_at', nullable: true }) endedAt!: Date | null;
}
