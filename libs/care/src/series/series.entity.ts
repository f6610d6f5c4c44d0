import type { SeriesEndInput } from '@timebank/contract';
import { Column, Entity, PrimaryColumn, VersionColumn } from 'typeorm';

/** A need that comes back by itself. What it asks for stands in its terms. */
@Entity('series')
export class SeriesRow {
  static readonly defaulted = ['version'] as const;
  @PrimaryColumn('uuid', { name: 'bank_id' }) bankId!: string;
  @PrimaryColumn('uuid', { name: 'series_id' }) seriesId!: string;
  @Column('uuid', { name: 'client_id' }) clientId!: string;
  @Column('text', { name: 'service_kind' }) serviceKind!: string;
  @Column('date', { name: 'generated_until' }) generatedUntil!: string;
  @Column('date', { name: 'laid_on' }) laidOn!: string;
  @Column('date', { name: 'short_from', nullable: true }) shortFrom!: string | null;
  /** The last date there is; null while no end is in sight. */
  @Column('date', { name: 'last_day', nullable: true }) lastDay!: string | null;
  /** The first day without. */
  @Column('date', { name: 'ends_on', nullable: true }) endsOn!: string | null;
  @Column('text', { name: 'end_reason', nullable: true }) endReason!: SeriesEndInput['reasonCode'] | null;
  @Column('uuid', { name: 'ended_by', nullable: true }) endedBy!: string | null;
  @Column('uuid', { name: 'created_by' }) createdBy!: string;
  @Column('timestamptz', { name: 'created_at' }) createdAt!: Date;
  @Column('bytea', { name: 'content_hash' }) contentHash!: Buffer;
  @VersionColumn({ type: 'integer' }) version!: number;
}

@Entity('series_terms')
export class SeriesTermsRow {
  @PrimaryColumn('uuid', { name: 'bank_id' }) bankId!: string;
  @PrimaryColumn('uuid', { name: 'series_id' }) seriesId!: string;
  /** The version of the series since which they stand. */
  @PrimaryColumn('integer') number!: number;
  @Column('date', { name: 'from_day' }) fromDay!: string;
  @Column('date', { name: 'starts_on' }) startsOn!: string;
  @Column('text') rule!: string;
  @Column('text', { name: 'start_time' }) startTime!: string;
  @Column('integer') minutes!: number;
  @Column('integer', { name: 'helpers_needed' }) helpersNeeded!: number;
  @Column('text', { nullable: true }) place!: string | null;
  @Column('text', { nullable: true }) note!: string | null;
  @Column('uuid', { name: 'changed_by' }) changedBy!: string;
  @Column('timestamptz', { name: 'changed_at' }) changedAt!: Date;
}

/** Days without, both included; a skipped date is one day. `back`: days of a pause that are none any more. Of those about a day the newest decides. */
@Entity('series_pause')
export class SeriesPauseRow {
  static readonly defaulted = ['pauseNumber', 'calledOff'] as const;
  @PrimaryColumn('uuid', { name: 'bank_id' }) bankId!: string;
  @PrimaryColumn('uuid', { name: 'series_id' }) seriesId!: string;
  @PrimaryColumn('bigint', { name: 'pause_number', generated: 'identity' }) pauseNumber!: number;
  @Column('text') kind!: 'pause' | 'skip' | 'back';
  @Column('date', { name: 'from_day' }) fromDay!: string;
  @Column('date', { name: 'to_day' }) toDay!: string;
  @Column('uuid', { name: 'asked_by' }) askedBy!: string;
  @Column('timestamptz', { name: 'asked_at' }) askedAt!: Date;
  /** The dates that were called off for it. */
  @Column('uuid', { name: 'called_off', array: true }) calledOff!: string[];
}

@Entity('series_regular')
export class SeriesRegularRow {
  @PrimaryColumn('uuid', { name: 'bank_id' }) bankId!: string;
  @PrimaryColumn('uuid', { name: 'series_id' }) seriesId!: string;
  @PrimaryColumn('uuid', { name: 'member_id' }) memberId!: string;
  @Column('uuid', { name: 'added_by' }) addedBy!: string;
  @Column('timestamptz', { name: 'added_at' }) addedAt!: Date;
}
