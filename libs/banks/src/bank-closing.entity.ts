import { Column, Entity, PrimaryColumn } from 'typeorm';

/** Who closed a bank or opened it again, with whom, when and why. Never changed. */
@Entity('bank_closing')
export class BankClosingRow {
  static readonly defaulted = ['closingNumber'] as const;
  @PrimaryColumn('uuid', { name: 'bank_id' }) bankId!: string;
  @PrimaryColumn('bigint', { name: 'closing_number', generated: 'identity' }) closingNumber!: number;
  @Column('text') act!: 'closed' | 'reopened';
  @Column('date', { name: 'closed_on', nullable: true }) closedOn!: string | null;
  @Column('text', { name: 'reason_code' }) reasonCode!: string;
  @Column('text', { nullable: true }) note!: string | null;
  @Column('uuid', { name: 'asked_by' }) askedBy!: string;
  @Column('uuid', { name: 'done_by' }) doneBy!: string;
  @Column('timestamptz', { name: 'done_at' }) doneAt!: Date;
}
