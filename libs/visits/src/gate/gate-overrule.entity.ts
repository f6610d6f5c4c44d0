import type { GateReason } from '@timebank/contract';
import { Column, Entity, PrimaryColumn } from 'typeorm';

/** What a coordinator set aside to plan a visit all the same, and why. */
@Entity('gate_overrule')
export class GateOverruleRow {
  @PrimaryColumn('uuid', { name: 'bank_id' }) bankId!: string;
  @PrimaryColumn('uuid', { name: 'visit_id' }) visitId!: string;
  @Column('text', { array: true }) reasons!: GateReason[];
  @Column('text') note!: string;
  @Column('uuid', { name: 'overruled_by' }) overruledBy!: string;
  @Column('timestamptz', { name: 'overruled_at' }) overruledAt!: Date;
}
