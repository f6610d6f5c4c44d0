import type { ProxyConfirmation, ProxyScope } from '@timebank/contract';
import { Column, Entity, PrimaryColumn } from 'typeorm';

/** Somebody acts for a client, as the client has said. */
@Entity('proxy')
export class ProxyRow {
  @PrimaryColumn('uuid', { name: 'bank_id' }) bankId!: string;
  @PrimaryColumn('uuid', { name: 'proxy_id' }) proxyId!: string;
  @Column('uuid', { name: 'client_id' }) clientId!: string;
  @Column('uuid', { name: 'person_id' }) personId!: string;
  @Column('text') name!: string;
  @Column('text') relation!: string;
  @Column('text', { array: true }) scopes!: ProxyScope[];
  @Column('date', { name: 'valid_from' }) validFrom!: string;
  @Column('date', { name: 'valid_until' }) validUntil!: string;
  @Column('timestamptz', { name: 'ends_at' }) endsAt!: Date;
  @Column('text', { name: 'confirmed_how' }) confirmedHow!: ProxyConfirmation;
  @Column('uuid', { name: 'confirmed_by' }) confirmedBy!: string;
  @Column('timestamptz', { name: 'confirmed_at' }) confirmedAt!: Date;
  @Column('text', { name: 'confirmed_from', nullable: true }) confirmedFrom!: string | null;
  @Column('timestamptz', { name: 'recorded_at' }) recordedAt!: Date;
  @Column('timestamptz', { name: 'ended_at', nullable: true }) endedAt!: Date | null;
  @Column('uuid', { name: 'ended_by', nullable: true }) endedBy!: string | null;
  @Column('text', { name: 'end_reason', nullable: true }) endReason!: string | null;
  @Column('bytea', { name: 'content_hash' }) contentHash!: Buffer;
}
