import { Column, Entity, PrimaryColumn, VersionColumn } from 'typeorm';

export type StoredRequestState = 'open' | 'taken' | 'cancelled';

/**
 * What a client needs. `taken` is one that has as many helpers as it needs. Whether an open one waits for minutes or has lapsed is read from balance and clock, not stored; nor that it is served.
 */
@Entity('request')
export class RequestRow {
  static readonly defaulted = ['helpersNeeded', 'version'] as const;
  @PrimaryColumn('uuid', { name: 'bank_id' }) bankId!: string;
  @PrimaryColumn('uuid', { name: 'request_id' }) requestId!: string;
  @Column('uuid', { name: 'client_id' }) clientId!: string;
  @Column('text', { name: 'service_kind' }) serviceKind!: string;
  @Column('timestamptz', { name: 'starts_at' }) startsAt!: Date;
  @Column('timestamptz', { name: 'ends_at' }) endsAt!: Date;
  @Column('integer') minutes!: number;
  /** Each of them is a visit. */
  @Column('integer', { name: 'helpers_needed' }) helpersNeeded!: number;
  @Column('text', { nullable: true }) place!: string | null;
  @Column('text', { nullable: true }) note!: string | null;
  @Column('text') state!: StoredRequestState;
  @Column('uuid', { name: 'created_by' }) createdBy!: string;
  @Column('timestamptz', { name: 'created_at' }) createdAt!: Date;
  @Column('bytea', { name: 'content_hash' }) contentHash!: Buffer;
  /** Of an occurrence of a series: which, for which day it was laid (null once the series no longer plans it), and whose it is to take. */
  @Column('uuid', { name: 'series_id', nullable: true }) seriesId!: string | null;
  @Column('date', { name: 'planned_date', nullable: true }) plannedDate!: string | null;
  @Column('uuid', { name: 'reserved_for', nullable: true }) reservedFor!: string | null;
  /** Of one that nobody had taken a day before: when it was asked about, and when somebody said that it is still needed. */
  @Column('timestamptz', { name: 'asked_again_at', nullable: true }) askedAgainAt!: Date | null;
  @Column('timestamptz', { name: 'still_needed_at', nullable: true }) stillNeededAt!: Date | null;
  @VersionColumn({ type: 'integer' }) version!: number;
}
