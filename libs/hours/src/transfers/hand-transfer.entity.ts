import { Column, Entity, PrimaryColumn } from 'typeorm';

/** Who moved minutes by hand, and why; `firstBy` asked for it first, where two were needed. */
@Entity('hand_transfer')
export class HandTransferRow {
  @PrimaryColumn('uuid', { name: 'bank_id' }) bankId!: string;
  @PrimaryColumn('uuid', { name: 'transfer_id' }) transferId!: string;
  @Column('text') kind!: 'grant' | 'gift' | 'donation' | 'reversal';
  @Column('uuid', { name: 'account_id' }) accountId!: string;
  @Column('integer') minutes!: number;
  @Column('text', { name: 'reason_code', nullable: true }) reasonCode!: string | null;
  @Column('text', { nullable: true }) note!: string | null;
  @Column('uuid', { name: 'done_by' }) doneBy!: string;
  @Column('uuid', { name: 'first_by', nullable: true }) firstBy!: string | null;
  @Column('timestamptz', { name: 'done_at' }) doneAt!: Date;
}
