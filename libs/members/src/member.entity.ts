import type { Circumstance, LeavingReason } from '@timebank/contract';
import { Column, Entity, PrimaryColumn } from 'typeorm';

/** A person at a bank. Their sign-in and roles are in access, their minutes in the ledger. */
@Entity('member')
export class MemberRecord {
  @PrimaryColumn('uuid', { name: 'bank_id' }) bankId!: string;
  @PrimaryColumn('uuid', { name: 'member_id' }) memberId!: string;
  @Column('uuid', { name: 'person_id' }) personId!: string;
  @Column('text', { name: 'member_number' }) memberNumber!: string;
  @Column('text') name!: string;
  @Column('date', { name: 'birth_date' }) birthDate!: string;
  @Column('text', { nullable: true }) phone!: string | null;
  @Column('uuid', { name: 'account_id' }) accountId!: string;
  @Column('bytea', { name: 'content_hash' }) contentHash!: Buffer;
  @Column('integer') version!: number;
  @Column('timestamptz', { name: 'created_at' }) createdAt!: Date;
  @Column('text', { array: true }) circumstances!: Circumstance[];
  @Column('date', { name: 'left_on', nullable: true }) leftOn!: string | null;
  @Column('text', { name: 'left_reason', nullable: true }) leftReason!: LeavingReason | null;
}
