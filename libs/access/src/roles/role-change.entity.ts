import { Column, Entity, PrimaryColumn } from 'typeorm';

/** Who gave somebody a role or took it, with whom, and why. Never changed. */
@Entity('role_change')
export class RoleChangeRow {
  @PrimaryColumn('uuid', { name: 'change_id' }) changeId!: string;
  /** Null of a role in the city. */
  @Column('uuid', { name: 'bank_id', nullable: true }) bankId!: string | null;
  @Column('uuid', { name: 'person_id' }) personId!: string;
  @Column('text') role!: string;
  @Column('text') change!: 'given' | 'taken';
  @Column('text', { name: 'reason_code', nullable: true }) reasonCode!: string | null;
  @Column('text', { nullable: true }) note!: string | null;
  @Column('uuid', { name: 'changed_by' }) changedBy!: string;
  @Column('uuid', { name: 'first_by', nullable: true }) firstBy!: string | null;
  @Column('timestamptz', { name: 'changed_at' }) changedAt!: Date;
}
