import { Column, Entity, PrimaryColumn } from 'typeorm';

/** One look at what few may see of somebody. */
@Entity('disclosure')
export class DisclosureRow {
  @PrimaryColumn('uuid', { name: 'bank_id' }) bankId!: string;
  @PrimaryColumn('uuid', { name: 'disclosure_id' }) disclosureId!: string;
  @Column('text') kind!: 'insured_list' | 'members_list' | 'needs';
  @Column('uuid', { name: 'member_id', nullable: true }) memberId!: string | null;
  @Column('integer') people!: number;
  @Column('text', { array: true }) fields!: string[];
  @Column('uuid', { name: 'visit_id', nullable: true }) visitId!: string | null;
  @Column('date', { name: 'on_day', nullable: true }) onDay!: string | null;
  @Column('uuid', { name: 'seen_by' }) seenBy!: string;
  @Column('text', { name: 'seen_as', nullable: true }) seenAs!: 'helper' | 'desk' | 'admin' | 'city' | null;
  @Column('timestamptz', { name: 'seen_at' }) seenAt!: Date;
}
