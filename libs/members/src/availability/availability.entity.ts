import { Column, Entity, PrimaryColumn } from 'typeorm';

/** When and how a member would help, as they said it. Ranges are as Postgres writes them: `{[540,720)}` of minutes since Monday 0:00, `{[2026-12-01,2026-12-08)}`. */
@Entity('availability')
export class AvailabilityRow {
  @PrimaryColumn('uuid', { name: 'bank_id' }) bankId!: string;
  @PrimaryColumn('uuid', { name: 'member_id' }) memberId!: string;
  @Column('int4multirange') weekly!: string;
  @Column('datemultirange') pauses!: string;
  @Column('text', { array: true }) languages!: string[];
  @Column('text', { array: true }) kinds!: string[];
  @Column('integer', { name: 'week_minutes', nullable: true }) weekMinutes!: number | null;
}
