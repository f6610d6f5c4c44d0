import { Column, Entity, PrimaryColumn } from 'typeorm';

/** A posting that was refused: its id stays refused. */
@Entity('refusal')
export class RefusedPosting {
  @PrimaryColumn('uuid', { name: 'bank_id' }) bankId!: string;
  @PrimaryColumn('uuid', { name: 'transfer_id' }) transferId!: string;
  @Column('text') code!: string;
  @Column('jsonb') parameters!: Record<string, unknown>;
  @Column('bytea', { name: 'content_hash' }) contentHash!: Buffer;
  @Column('uuid', { name: 'actor_id' }) actorId!: string;
  @Column('timestamptz', { name: 'recorded_at' }) recordedAt!: Date;
}
