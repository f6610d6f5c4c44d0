import type { DatedZone } from '@timebank/kernel';
import { Column, Entity, PrimaryColumn, VersionColumn } from 'typeorm';

/** A time bank. It names the ledger's `accounts`, so nobody has to look for them. */
@Entity('bank')
export class BankRow {
  static readonly defaulted = ['bankNumber', 'lastMemberSerial', 'version'] as const;
  @PrimaryColumn('uuid', { name: 'bank_id' }) bankId!: string;
  @Column('integer', { name: 'bank_number' }) bankNumber!: number;
  @Column('text') name!: string;
  @Column('text') phone!: string;
  @Column('text', { nullable: true }) address!: string | null;
  @Column('text', { name: 'time_zone' }) timeZone!: string;
  @Column('uuid', { name: 'fund_account_id' }) fundAccountId!: string;
  @Column('uuid', { name: 'pool_account_id' }) poolAccountId!: string;
  @Column('uuid', { name: 'honour_account_id' }) honourAccountId!: string;
  @Column('uuid', { name: 'issuance_account_id' }) issuanceAccountId!: string;
  @Column('integer', { name: 'last_member_serial' }) lastMemberSerial!: number;
  /** Its last day, while it is closed. */
  @Column('date', { name: 'closed_on', nullable: true }) closedOn!: string | null;
  @Column('bytea', { name: 'content_hash' }) contentHash!: Buffer;
  @VersionColumn({ type: 'integer' }) version!: number;
  @Column('timestamptz', { name: 'created_at' }) createdAt!: Date;
}

/** A bank with the zones of its days, which may have changed. */
export type KnownBank = Omit<BankRow, 'timeZone'> & { zone: (DatedZone & { validFrom: string | null })[] };

/** Every column a bank is known by, for `from bank b`. */
export const bankColumns = 'b.*, zones_of(b.bank_id) as zone';
