import type { Circumstance, LeavingReason } from '@timebank/contract';
import { Column, Entity, PrimaryColumn, VersionColumn } from 'typeorm';

/** A person at a bank. Their sign-in and roles are in access, their minutes in the ledger. */
@Entity('member')
export class MemberRecord {
  static readonly defaulted = ['nameKey', 'sharesNameKey', 'version', 'circumstances'] as const;
  @PrimaryColumn('uuid', { name: 'bank_id' }) bankId!: string;
  @PrimaryColumn('uuid', { name: 'member_id' }) memberId!: string;
  @Column('uuid', { name: 'person_id' }) personId!: string;
  @Column('text', { name: 'member_number' }) memberNumber!: string;
  @Column('text') name!: string;
  /** What other spellings of the name share; made by the database. */
  @Column('text', { name: 'name_key' }) nameKey!: string;
  /** Somebody with that key and birth date was here before, from the time when different spellings counted as different people. */
  @Column('boolean', { name: 'shares_name_key' }) sharesNameKey!: boolean;
  @Column('date', { name: 'birth_date' }) birthDate!: string;
  @Column('text', { nullable: true }) phone!: string | null;
  /** The digits of the phone, to look for. */
  @Column('text', { name: 'phone_digits', nullable: true }) phoneDigits!: string | null;
  @Column('uuid', { name: 'account_id' }) accountId!: string;
  @Column('bytea', { name: 'content_hash' }) contentHash!: Buffer;
  @VersionColumn({ type: 'integer' }) version!: number;
  @Column('timestamptz', { name: 'created_at' }) createdAt!: Date;
  @Column('text', { array: true }) circumstances!: Circumstance[];
  /** In words. */
  @Column('text', { name: 'home_address', nullable: true }) homeAddress!: string | null;
  @Column('text', { nullable: true }) gender!: 'woman' | 'man' | null;
  /** Whom a client would rather be helped by. */
  @Column('text', { name: 'helper_wish', nullable: true }) helperWish!: 'woman' | 'man' | null;
  /** As the country's register of volunteers gives it. */
  @Column('text', { name: 'volunteer_number', nullable: true }) volunteerNumber!: string | null;
  /** Who this person went on as, where they were registered twice. */
  @Column('uuid', { name: 'merged_into', nullable: true }) mergedInto!: string | null;
  @Column('date', { name: 'left_on', nullable: true }) leftOn!: string | null;
  @Column('text', { name: 'left_reason', nullable: true }) leftReason!: LeavingReason | null;
}
