import type { ActRole, WaitingActKind } from '@timebank/contract';
import { Column, Entity, PrimaryColumn } from 'typeorm';

export type WaitingActState = 'waits' | 'done' | 'taken_back' | 'lapsed';

/** What one person asked for and another has to confirm. `subjectId` is the id in the call's path. */
@Entity('waiting_act')
export class WaitingActRow {
  @PrimaryColumn('uuid', { name: 'bank_id' }) bankId!: string;
  @PrimaryColumn('uuid', { name: 'act_id' }) actId!: string;
  @Column('text') kind!: WaitingActKind;
  @Column('uuid', { name: 'subject_id' }) subjectId!: string;
  @Column('bytea', { name: 'content_hash' }) contentHash!: Buffer;
  @Column('jsonb') content!: Record<string, unknown>;
  @Column('uuid', { name: 'member_id', nullable: true }) memberId!: string | null;
  @Column('text', { array: true }) roles!: ActRole[];
  @Column('uuid', { name: 'asked_by' }) askedBy!: string;
  @Column('timestamptz', { name: 'asked_at' }) askedAt!: Date;
  @Column('timestamptz', { name: 'waits_until' }) waitsUntil!: Date;
  @Column('text') state!: WaitingActState;
  @Column('uuid', { name: 'closed_by', nullable: true }) closedBy!: string | null;
  @Column('timestamptz', { name: 'closed_at', nullable: true }) closedAt!: Date | null;
}
