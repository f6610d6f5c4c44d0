import { Column, Entity, PrimaryColumn } from 'typeorm';

/** A printed card at a client's home. Its token and code are nowhere in the clear. */
@Entity('service_card')
export class ServiceCardRow {
  @PrimaryColumn('uuid', { name: 'bank_id' }) bankId!: string;
  @PrimaryColumn('uuid', { name: 'card_id' }) cardId!: string;
  @Column('uuid', { name: 'client_id' }) clientId!: string;
  @Column('integer') version!: number;
  @Column('uuid', { name: 'issued_by' }) issuedBy!: string;
  @Column('timestamptz', { name: 'issued_at' }) issuedAt!: Date;
  @Column('uuid', { name: 'revoked_by', nullable: true }) revokedBy!: string | null;
  @Column('timestamptz', { name: 'revoked_at', nullable: true }) revokedAt!: Date | null;
}

/** Where rotating codes are shown. Without a client its codes count for every visit of the bank. */
@Entity('display')
export class DisplayRow {
  @PrimaryColumn('uuid', { name: 'bank_id' }) bankId!: string;
  @PrimaryColumn('uuid', { name: 'display_id' }) displayId!: string;
  @Column('uuid', { name: 'client_id', nullable: true }) clientId!: string | null;
  @Column('text') name!: string;
  @Column('uuid', { name: 'opened_by' }) openedBy!: string;
  @Column('timestamptz', { name: 'opened_at' }) openedAt!: Date;
  @Column('bytea', { name: 'content_hash' }) contentHash!: Buffer;
  @Column('uuid', { name: 'closed_by', nullable: true }) closedBy!: string | null;
  @Column('timestamptz', { name: 'closed_at', nullable: true }) closedAt!: Date | null;
}
