import type { GuestState } from '@timebank/contract';
import { Column, Entity, PrimaryColumn, VersionColumn } from 'typeorm';

/** A member of another bank who helps here, or asks to. Their account is at home; name and number are as last shown here. */
@Entity('guest')
export class GuestRow {
  static readonly defaulted = ['version'] as const;
  @PrimaryColumn('uuid', { name: 'bank_id' }) bankId!: string;
  @PrimaryColumn('uuid', { name: 'member_id' }) memberId!: string;
  @Column('uuid', { name: 'home_bank_id' }) homeBankId!: string;
  @Column('uuid', { name: 'person_id' }) personId!: string;
  @Column('uuid', { name: 'account_id' }) accountId!: string;
  @Column('text', { name: 'member_number' }) memberNumber!: string;
  @Column('text') name!: string;
  @Column('text') state!: GuestState;
  @Column('timestamptz', { name: 'asked_at' }) askedAt!: Date;
  @Column('uuid', { name: 'confirmed_by', nullable: true }) confirmedBy!: string | null;
  @Column('timestamptz', { name: 'confirmed_at', nullable: true }) confirmedAt!: Date | null;
  @Column('uuid', { name: 'ended_by', nullable: true }) endedBy!: string | null;
  @Column('timestamptz', { name: 'ended_at', nullable: true }) endedAt!: Date | null;
  @VersionColumn({ type: 'integer' }) version!: number;
}
