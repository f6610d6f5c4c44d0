import { Column, Entity, PrimaryColumn, VersionColumn } from 'typeorm';

/** A number by which a client is reached, or one from which nobody knows yet who called. */
@Entity('contact')
export class ContactRow {
  static readonly defaulted = ['version'] as const;
  @PrimaryColumn('uuid', { name: 'bank_id' }) bankId!: string;
  @PrimaryColumn('uuid', { name: 'contact_id' }) contactId!: string;
  @Column('text') phone!: string;
  @Column('text', { nullable: true }) name!: string | null;
  @Column('text', { nullable: true }) note!: string | null;
  @Column('uuid', { name: 'client_id', nullable: true }) clientId!: string | null;
  @Column('timestamptz', { name: 'closed_at', nullable: true }) closedAt!: Date | null;
  @VersionColumn({ type: 'integer' }) version!: number;
  @Column('uuid', { name: 'recorded_by' }) recordedBy!: string;
  @Column('timestamptz', { name: 'recorded_at' }) recordedAt!: Date;
  @Column('bytea', { name: 'content_hash' }) contentHash!: Buffer;
}

/** A call that became a request. */
@Entity('phone_call')
export class PhoneCallRow {
  @PrimaryColumn('uuid', { name: 'bank_id' }) bankId!: string;
  @PrimaryColumn('uuid', { name: 'call_id' }) callId!: string;
  @Column('uuid', { name: 'client_id' }) clientId!: string;
  @Column('text', { nullable: true }) phone!: string | null;
  @Column('text') caller!: 'client' | 'proxy' | 'other';
  @Column('uuid', { name: 'request_id' }) requestId!: string;
  @Column('uuid', { name: 'visit_id', nullable: true }) visitId!: string | null;
  @Column('uuid', { name: 'heard_by' }) heardBy!: string;
  @Column('timestamptz', { name: 'heard_at' }) heardAt!: Date;
  @Column('bytea', { name: 'content_hash' }) contentHash!: Buffer;
}
