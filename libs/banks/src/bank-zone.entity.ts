import { Column, Entity, PrimaryColumn } from 'typeorm';

/** The zone of a bank's days from a day on; the newest row of a day counts. Never changed. */
@Entity('bank_zone')
export class BankZoneRow {
  static readonly defaulted = ['zoneNumber'] as const;
  @PrimaryColumn('uuid', { name: 'bank_id' }) bankId!: string;
  @PrimaryColumn('bigint', { name: 'zone_number', generated: 'identity' }) zoneNumber!: number;
  @Column('date', { name: 'valid_from' }) validFrom!: string;
  @Column('text', { name: 'time_zone' }) timeZone!: string;
  /** The moment at which that day begins there. */
  @Column('timestamptz', { name: 'begins_at', nullable: true }) beginsAt!: Date | null;
  @Column('uuid', { name: 'recorded_by' }) recordedBy!: string;
  @Column('timestamptz', { name: 'recorded_at' }) recordedAt!: Date;
}
