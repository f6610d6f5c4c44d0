import { Column, Entity, PrimaryColumn } from 'typeorm';

/** What a visit's people were asked, once. */
@Entity('visit_prompt')
export class VisitPromptRow {
  @PrimaryColumn('uuid', { name: 'bank_id' }) bankId!: string;
  @PrimaryColumn('uuid', { name: 'visit_id' }) visitId!: string;
  @PrimaryColumn('text') kind!: 'arrival' | 'evening';
  @Column('timestamptz', { name: 'asked_at' }) askedAt!: Date;
  @Column('timestamptz', { name: 'answered_at', nullable: true }) answeredAt!: Date | null;
}
