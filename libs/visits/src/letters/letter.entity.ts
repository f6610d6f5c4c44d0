import type { LetterCode } from '@timebank/contract';
import { Column, Entity, PrimaryColumn } from 'typeorm';
import type { DeviceEvidence } from '../evidence/evidence';

/** An offline scan that changed nothing, for a person to look at; never changed. */
@Entity('letter')
export class LetterRow {
  @PrimaryColumn('uuid', { name: 'bank_id' }) bankId!: string;
  @PrimaryColumn('uuid', { name: 'event_id' }) eventId!: string;
  /** As the phone named it; the bank need not know it. */
  @Column('uuid', { name: 'visit_id' }) visitId!: string;
  @Column('uuid', { name: 'person_id' }) personId!: string;
  @Column('uuid', { name: 'volunteer_id' }) volunteerId!: string;
  @Column('text') kind!: 'in' | 'out';
  @Column('text') code!: LetterCode;
  @Column('timestamptz', { name: 'client_time' }) clientTime!: Date;
  @Column('timestamptz', { name: 'received_at' }) receivedAt!: Date;
  @Column('timestamptz', { nullable: true }) earliest!: Date | null;
  @Column('timestamptz') latest!: Date;
  @Column('text', { nullable: true }) via!: 'card' | 'typed' | 'rotating' | null;
  @Column('uuid', { name: 'card_id', nullable: true }) cardId!: string | null;
  @Column('text', { nullable: true }) proof!: DeviceEvidence['proof'] | null;
  @Column('date') deadline!: string;
  @Column('bytea', { name: 'content_hash' }) contentHash!: Buffer;
}

/** How a coordinator closed a letter; never changed. */
@Entity('letter_answer')
export class LetterAnswerRow {
  @PrimaryColumn('uuid', { name: 'bank_id' }) bankId!: string;
  @PrimaryColumn('uuid', { name: 'answer_id' }) answerId!: string;
  @Column('uuid', { name: 'event_id' }) eventId!: string;
  @Column('text') outcome!: 'entered' | 'explained' | 'rejected';
  @Column('uuid', { name: 'visit_id', nullable: true }) visitId!: string | null;
  @Column('text', { name: 'reason_code' }) reasonCode!: string;
  @Column('text', { nullable: true }) note!: string | null;
  @Column('uuid', { name: 'answered_by' }) answeredBy!: string;
  @Column('timestamptz', { name: 'answered_at' }) answeredAt!: Date;
  @Column('bytea', { name: 'content_hash' }) contentHash!: Buffer;
}
