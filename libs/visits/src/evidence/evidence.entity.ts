import type { ExceptionCode, ExceptionLane } from '@timebank/contract';
import { Column, Entity, PrimaryColumn } from 'typeorm';
import type { DeviceEvidence } from './evidence';

/** A scan with its evidence and its first answer, never changed. */
@Entity('scan_event')
export class ScanEventRow {
  @PrimaryColumn('uuid', { name: 'bank_id' }) bankId!: string;
  @PrimaryColumn('uuid', { name: 'event_id' }) eventId!: string;
  @Column('uuid', { name: 'visit_id' }) visitId!: string;
  @Column('text') kind!: 'in' | 'out';
  @Column('text') outcome!: 'accepted' | 'duplicate' | 'refused';
  @Column('text', { nullable: true }) code!: string | null;
  @Column('timestamptz') at!: Date;
  @Column('timestamptz', { name: 'received_at' }) receivedAt!: Date;
  @Column('timestamptz', { name: 'client_time', nullable: true }) clientTime!: Date | null;
  @Column('text', { nullable: true }) via!: 'card' | 'typed' | 'rotating' | null;
  @Column('uuid', { name: 'card_id', nullable: true }) cardId!: string | null;
  /** The phone at the time of the scan. */
  @Column('jsonb', { nullable: true }) device!: DeviceEvidence | null;
  @Column('timestamptz', { nullable: true }) earliest!: Date | null;
  @Column('timestamptz', { nullable: true }) latest!: Date | null;
  /** Whether a challenge or a rotating code shows what an offline scan came after; null online, and for scans before this was recorded. */
  @Column('boolean', { nullable: true }) dated!: boolean | null;
  @Column('uuid', { name: 'display_id', nullable: true }) displayId!: string | null;
  @Column('bigint', { nullable: true }) step!: number | null;
  @Column('integer', { name: 'distance_meters', nullable: true }) distanceMeters!: number | null;
  @Column('integer', { name: 'accuracy_meters', nullable: true }) accuracyMeters!: number | null;
  @Column('uuid', { name: 'actor_id' }) actorId!: string;
  @Column('bytea', { name: 'content_hash' }) contentHash!: Buffer;
  @Column('jsonb') answer!: Record<string, unknown>;
}

/** The public key of a phone, for one of the people who use it; never changed. */
@Entity('device')
export class DeviceRow {
  @PrimaryColumn('uuid', { name: 'person_id' }) personId!: string;
  @PrimaryColumn('uuid', { name: 'device_id' }) deviceId!: string;
  @Column('bytea', { name: 'public_key' }) publicKey!: Buffer;
  @Column('timestamptz', { name: 'first_seen_at' }) firstSeenAt!: Date;
}

/** Where a client's home is, in degrees of WGS 84; the newest revision counts. Never changed. */
@Entity('client_place')
export class ClientPlaceRow {
  @PrimaryColumn('uuid', { name: 'bank_id' }) bankId!: string;
  @PrimaryColumn('uuid', { name: 'client_id' }) clientId!: string;
  @PrimaryColumn('integer') revision!: number;
  @Column('double precision') latitude!: number;
  @Column('double precision') longitude!: number;
  @Column('uuid', { name: 'recorded_by' }) recordedBy!: string;
  @Column('timestamptz', { name: 'recorded_at' }) recordedAt!: Date;
}

/** A person's word whether their phone may say where it is; the newest revision counts. Never changed. */
@Entity('location_consent')
export class LocationConsentRow {
  @PrimaryColumn('uuid', { name: 'person_id' }) personId!: string;
  @PrimaryColumn('integer') revision!: number;
  @Column('boolean') granted!: boolean;
  @Column('timestamptz', { name: 'given_at' }) givenAt!: Date;
}

/** What a rule found about a visit. */
@Entity('visit_exception')
export class VisitExceptionRow {
  static readonly defaulted = ['parameters'] as const;
  @PrimaryColumn('uuid', { name: 'bank_id' }) bankId!: string;
  @PrimaryColumn('uuid', { name: 'visit_id' }) visitId!: string;
  @PrimaryColumn('text') code!: ExceptionCode;
  @Column('text') lane!: ExceptionLane;
  @Column('jsonb') parameters!: Record<string, unknown>;
  @Column('timestamptz', { name: 'raised_at' }) raisedAt!: Date;
  @Column('uuid', { name: 'acknowledged_by', nullable: true }) acknowledgedBy!: string | null;
  @Column('timestamptz', { name: 'acknowledged_at', nullable: true }) acknowledgedAt!: Date | null;
}
