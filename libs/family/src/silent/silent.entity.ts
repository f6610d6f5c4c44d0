import type { CheckInResult, FindingInput } from '@timebank/contract';
import { Column, Entity, PrimaryColumn } from 'typeorm';

/** What came of a call to an elder who does not ask. */
@Entity('check_in')
export class CheckInRow {
  @PrimaryColumn('uuid', { name: 'bank_id' }) bankId!: string;
  @PrimaryColumn('uuid', { name: 'check_in_id' }) checkInId!: string;
  @Column('uuid', { name: 'client_id' }) clientId!: string;
  @Column('text') result!: CheckInResult;
  @Column('text', { nullable: true }) note!: string | null;
  @Column('date', { name: 'next_on', nullable: true }) nextOn!: string | null;
  @Column('uuid', { name: 'called_by' }) calledBy!: string;
  @Column('timestamptz', { name: 'called_at' }) calledAt!: Date;
  @Column('bytea', { name: 'content_hash' }) contentHash!: Buffer;
}

/** What somebody without an account says about an elder, until it goes by itself. */
@Entity('finding')
export class FindingRow {
  @PrimaryColumn('uuid', { name: 'bank_id' }) bankId!: string;
  @PrimaryColumn('uuid', { name: 'finding_id' }) findingId!: string;
  @Column('text') finder!: FindingInput['finder'];
  @Column('text') who!: string;
  @Column('text', { nullable: true }) place!: string | null;
  @Column('text') what!: string;
  @Column('text', { nullable: true }) phone!: string | null;
  @Column('timestamptz', { name: 'told_at' }) toldAt!: Date;
  @Column('date', { name: 'ends_on' }) endsOn!: string;
  @Column('text', { nullable: true }) result!: string | null;
  @Column('uuid', { name: 'closed_by', nullable: true }) closedBy!: string | null;
  @Column('timestamptz', { name: 'closed_at', nullable: true }) closedAt!: Date | null;
  @Column('text', { name: 'kept_reason', nullable: true }) keptReason!: string | null;
  @Column('uuid', { name: 'kept_by', nullable: true }) keptBy!: string | null;
  @Column('uuid', { name: 'kept_first_by', nullable: true }) keptFirstBy!: string | null;
  @Column('bytea', { name: 'content_hash' }) contentHash!: Buffer;
}
