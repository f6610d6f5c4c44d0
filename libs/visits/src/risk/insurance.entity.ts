import { Column, Entity, PrimaryColumn, VersionColumn } from 'typeorm';

/** What a bank's volunteers are insured by. */
@Entity('insurance')
export class InsuranceRow {
  static readonly defaulted = ['version'] as const;
  @PrimaryColumn('uuid', { name: 'bank_id' }) bankId!: string;
  @PrimaryColumn('uuid', { name: 'insurance_id' }) insuranceId!: string;
  @Column('text') insurer!: string;
  @Column('text') number!: string;
  @Column('date', { name: 'valid_from' }) validFrom!: string;
  @Column('date', { name: 'valid_until' }) validUntil!: string;
  @Column('text', { array: true, nullable: true }) kinds!: string[] | null;
  @Column('date', { name: 'ended_on', nullable: true }) endedOn!: string | null;
  @Column('text', { name: 'end_note', nullable: true }) endNote!: string | null;
  @VersionColumn({ type: 'integer' }) version!: number;
}
