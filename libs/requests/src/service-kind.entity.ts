import type { furtherPayers, kindClasses, riskLevels } from '@timebank/contract';
import { Column, Entity, PrimaryColumn, VersionColumn } from 'typeorm';

/** A kind of service as the city has it. Its names and what it needs stand in rows of their own. */
@Entity('service_kind')
export class ServiceKindRow {
  static readonly defaulted = ['furtherHelpersPaidBy', 'helpersNeeded', 'isOffered', 'openToVolunteers', 'version'] as const;
  @PrimaryColumn('text') code!: string;
  @Column('text', { name: 'risk_level' }) riskLevel!: (typeof riskLevels)[number];
  @Column('integer', { name: 'usual_minutes' }) usualMinutes!: number;
  @Column('integer') position!: number;
  @Column('text') class!: (typeof kindClasses)[number];
  @Column('integer', { name: 'helpers_needed' }) helpersNeeded!: number;
  @Column('text', { name: 'further_helpers_paid_by' }) furtherHelpersPaidBy!: (typeof furtherPayers)[number];
  @Column('boolean', { name: 'open_to_volunteers' }) openToVolunteers!: boolean;
  @Column('boolean', { name: 'is_offered' }) isOffered!: boolean;
  @VersionColumn({ type: 'integer' }) version!: number;
}

/** What a bank has changed of a kind; null is as the city has it. */
@Entity('bank_service_kind')
export class BankServiceKindRow {
  static readonly defaulted = ['version'] as const;
  @PrimaryColumn('uuid', { name: 'bank_id' }) bankId!: string;
  @PrimaryColumn('text') code!: string;
  @Column('boolean', { name: 'is_offered' }) isOffered!: boolean;
  @Column('integer', { name: 'usual_minutes', nullable: true }) usualMinutes!: number | null;
  @Column('integer', { nullable: true }) position!: number | null;
  @VersionColumn({ type: 'integer' }) version!: number;
}
