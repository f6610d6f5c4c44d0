import type { Language } from '@timebank/contract';
import { Column, Entity, PrimaryColumn } from 'typeorm';

@Entity('calendar_feed')
export class CalendarFeedRow {
  @PrimaryColumn('uuid', { name: 'person_id' }) personId!: string;
  @Column('bytea', { name: 'token_hash' }) tokenHash!: Buffer;
  @Column('text') language!: Language;
  @Column('timestamptz', { name: 'created_at' }) createdAt!: Date;
}
