import type { NoticeKind } from '@timebank/contract';
import { Column, Entity, PrimaryColumn } from 'typeorm';

/** Tells one person about one thing, from one event. Only `readAt` ever changes. */
@Entity('notice')
export class NoticeRow {
  @PrimaryColumn('uuid', { name: 'bank_id' }) bankId!: string;
  @PrimaryColumn('uuid', { name: 'notice_id' }) noticeId!: string;
  @Column('uuid', { name: 'person_id' }) personId!: string;
  @Column('uuid', { name: 'event_id' }) eventId!: string;
  /** The visit, request or guest that it is about. */
  @Column('uuid', { name: 'subject_id' }) subjectId!: string;
  @Column('text') kind!: NoticeKind;
  @Column('jsonb') parameters!: Record<string, unknown>;
  @Column('timestamptz', { name: 'created_at' }) createdAt!: Date;
  @Column('timestamptz', { name: 'read_at', nullable: true }) readAt!: Date | null;
}
