import { Column, Entity, PrimaryColumn } from 'typeorm';

/** How much a bank lets another owe it; the newest revision counts. Never changed. */
@Entity('credit_line')
export class CreditLineRow {
  @PrimaryColumn('uuid', { name: 'bank_id' }) bankId!: string;
  @PrimaryColumn('uuid', { name: 'other_bank_id' }) otherBankId!: string;
  @PrimaryColumn('integer') revision!: number;
  @Column('integer', { name: 'credit_line_minutes' }) creditLineMinutes!: number;
  @Column('uuid', { name: 'set_by' }) setBy!: string;
  @Column('timestamptz', { name: 'set_at' }) setAt!: Date;
}
