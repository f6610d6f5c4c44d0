import { Column, Entity, PrimaryColumn } from 'typeorm';

/** A volunteer's objection to the decision over a visit; never changed. */
@Entity('appeal')
export class AppealRow {
  @PrimaryColumn('uuid', { name: 'bank_id' }) bankId!: string;
  @PrimaryColumn('uuid', { name: 'appeal_id' }) appealId!: string;
  @Column('uuid', { name: 'visit_id' }) visitId!: string;
  @Column('text') note!: string;
  @Column('uuid', { name: 'appealed_by' }) appealedBy!: string;
  @Column('timestamptz', { name: 'appealed_at' }) appealedAt!: Date;
  @Column('bytea', { name: 'content_hash' }) contentHash!: Buffer;
}

/** What another coordinator answered to an appeal; never changed. */
@Entity('appeal_answer')
export class AppealAnswerRow {
  @PrimaryColumn('uuid', { name: 'bank_id' }) bankId!: string;
  @PrimaryColumn('uuid', { name: 'answer_id' }) answerId!: string;
  @Column('uuid', { name: 'appeal_id' }) appealId!: string;
  @Column('text') outcome!: 'upheld' | 'granted';
  @Column('text') note!: string;
  @Column('uuid', { name: 'answered_by' }) answeredBy!: string;
  @Column('timestamptz', { name: 'answered_at' }) answeredAt!: Date;
  @Column('bytea', { name: 'content_hash' }) contentHash!: Buffer;
}
