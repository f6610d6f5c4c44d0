import { Column, Entity, PrimaryColumn } from 'typeorm';

/** Two members who are one person: who stays, who went on as them, and what was moved. */
@Entity('merge')
export class MergeRow {
  @PrimaryColumn('uuid', { name: 'bank_id' }) bankId!: string;
  @PrimaryColumn('uuid', { name: 'merge_id' }) mergeId!: string;
  @Column('uuid', { name: 'member_id' }) memberId!: string;
  @Column('uuid', { name: 'other_member_id' }) otherMemberId!: string;
  @Column('text', { array: true }) roles!: string[];
  @Column('text', { name: 'roles_given', array: true }) rolesGiven!: string[];
  @Column('integer') minutes!: number;
  @Column('uuid', { name: 'transfer_id', nullable: true }) transferId!: string | null;
  @Column('uuid', { name: 'asked_by' }) askedBy!: string;
  @Column('uuid', { name: 'merged_by' }) mergedBy!: string;
  @Column('timestamptz', { name: 'merged_at' }) mergedAt!: Date;
  @Column('uuid', { name: 'undone_by', nullable: true }) undoneBy!: string | null;
  @Column('timestamptz', { name: 'undone_at', nullable: true }) undoneAt!: Date | null;
  @Column('uuid', { name: 'undo_transfer_id', nullable: true }) undoTransferId!: string | null;
}
