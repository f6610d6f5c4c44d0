import { Column, Entity, PrimaryColumn } from 'typeorm';

/** Minutes of an account set aside for a planned visit. It is open until a `HoldEnd` with the same id exists. */
@Entity('hold')
export class Hold {
  @PrimaryColumn('uuid', { name: 'bank_id' }) bankId!: string;
  @PrimaryColumn('uuid', { name: 'hold_id' }) holdId!: string;
  @Column('uuid', { name: 'account_id' }) accountId!: string;
  @Column('integer') minutes!: number;
  @Column('timestamptz', { name: 'expires_at' }) expiresAt!: Date;
  @Column('timestamptz', { name: 'placed_at' }) placedAt!: Date;
}

/** How a hold ended; at most one for each. Posted and released minutes make up the hold's own. */
@Entity('hold_end')
export class HoldEnd {
  @PrimaryColumn('uuid', { name: 'bank_id' }) bankId!: string;
  @PrimaryColumn('uuid', { name: 'hold_id' }) holdId!: string;
  @Column('text') outcome!: 'posted' | 'released' | 'expired';
  @Column('integer', { name: 'posted_minutes' }) postedMinutes!: number;
  @Column('integer', { name: 'released_minutes' }) releasedMinutes!: number;
  @Column('uuid', { name: 'transfer_id', nullable: true }) transferId!: string | null;
  @Column('timestamptz', { name: 'ended_at' }) endedAt!: Date;
}
