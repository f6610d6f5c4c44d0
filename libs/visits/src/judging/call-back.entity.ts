import { Column, Entity, PrimaryColumn } from 'typeorm';

/** Whether a visit was drawn for a call-back, by how much of a chance; never changed. */
@Entity('call_back_draw')
export class CallBackDrawRow {
  @PrimaryColumn('uuid', { name: 'bank_id' }) bankId!: string;
  @PrimaryColumn('uuid', { name: 'visit_id' }) visitId!: string;
  @Column('integer') percent!: number;
  @Column('boolean') drawn!: boolean;
  @Column('timestamptz', { name: 'drawn_at' }) drawnAt!: Date;
}

/** A telephone call to a client about a visit; never changed. */
@Entity('call_back')
export class CallBackRow {
  @PrimaryColumn('uuid', { name: 'bank_id' }) bankId!: string;
  @PrimaryColumn('uuid', { name: 'call_back_id' }) callBackId!: string;
  @Column('uuid', { name: 'visit_id' }) visitId!: string;
  /** Counted from 1 for each visit. */
  @Column('integer') number!: number;
  @Column('text') result!: 'confirmed' | 'not_confirmed' | 'not_reached';
  @Column('text', { nullable: true }) note!: string | null;
  @Column('uuid', { name: 'called_by' }) calledBy!: string;
  @Column('timestamptz', { name: 'called_at' }) calledAt!: Date;
  @Column('bytea', { name: 'content_hash' }) contentHash!: Buffer;
}

/** What the client said in the app about a visit; never changed. */
@Entity('client_answer')
export class ClientAnswerRow {
  @PrimaryColumn('uuid', { name: 'bank_id' }) bankId!: string;
  @PrimaryColumn('uuid', { name: 'visit_id' }) visitId!: string;
  @Column('uuid', { name: 'answer_id' }) answerId!: string;
  @Column('text') result!: 'confirmed' | 'not_confirmed';
  @Column('text', { nullable: true }) note!: string | null;
  @Column('uuid', { name: 'answered_by' }) answeredBy!: string;
  @Column('timestamptz', { name: 'answered_at' }) answeredAt!: Date;
  @Column('bytea', { name: 'content_hash' }) contentHash!: Buffer;
}
