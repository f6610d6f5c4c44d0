import { Column, Entity, PrimaryColumn } from 'typeorm';

/** A member's name or birth date before somebody corrected it. Never changed. */
@Entity('member_correction')
export class MemberCorrectionRow {
  static readonly defaulted = ['correctionNumber'] as const;
  @PrimaryColumn('uuid', { name: 'bank_id' }) bankId!: string;
  @PrimaryColumn('uuid', { name: 'member_id' }) memberId!: string;
  @PrimaryColumn('bigint', { name: 'correction_number', generated: 'identity' }) correctionNumber!: number;
  @Column('text') field!: 'name' | 'birthDate';
  @Column('text', { name: 'before_text' }) beforeText!: string;
  @Column('text', { name: 'after_text' }) afterText!: string;
  @Column('text', { name: 'reason_code', nullable: true }) reasonCode!: string | null;
  @Column('text', { nullable: true }) note!: string | null;
  @Column('uuid', { name: 'corrected_by' }) correctedBy!: string;
  @Column('timestamptz', { name: 'corrected_at' }) correctedAt!: Date;
}
