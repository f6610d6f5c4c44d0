import type { RiskReading } from '@timebank/contract';
import { Column, Entity, PrimaryColumn } from 'typeorm';

/** Somebody knows the risks of a kind of service in one of its wordings. */
@Entity('risk_reading')
export class RiskReadingRow {
  @PrimaryColumn('uuid', { name: 'bank_id' }) bankId!: string;
  @PrimaryColumn('uuid', { name: 'member_id' }) memberId!: string;
  @PrimaryColumn('text', { name: 'service_kind' }) serviceKind!: string;
  @PrimaryColumn('text') version!: string;
  @Column('text') way!: RiskReading['way'];
  @Column('uuid', { name: 'recorded_by' }) recordedBy!: string;
  @Column('timestamptz', { name: 'recorded_at' }) recordedAt!: Date;
}
