import { Column, Entity, PrimaryColumn, VersionColumn } from 'typeorm';

/** What a helper has to know of a client. */
@Entity('client_needs')
export class ClientNeedsRow {
  static readonly defaulted = ['version'] as const;
  @PrimaryColumn('uuid', { name: 'bank_id' }) bankId!: string;
  @PrimaryColumn('uuid', { name: 'member_id' }) memberId!: string;
  @Column('text', { nullable: true }) door!: string | null;
  @Column('text', { nullable: true }) hearing!: string | null;
  @Column('text', { nullable: true }) pets!: string | null;
  @Column('text', { nullable: true }) allergy!: string | null;
  @Column('text', { name: 'emergency_name', nullable: true }) emergencyName!: string | null;
  @Column('text', { name: 'emergency_phone', nullable: true }) emergencyPhone!: string | null;
  @VersionColumn({ type: 'integer' }) version!: number;
}
