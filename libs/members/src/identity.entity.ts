import { Column, Entity, PrimaryColumn } from 'typeorm';

/** That somebody's papers were seen, or they themselves. Never changed. */
@Entity('identity_check')
export class IdentityCheckRow {
  @PrimaryColumn('uuid', { name: 'bank_id' }) bankId!: string;
  @PrimaryColumn('uuid', { name: 'member_id' }) memberId!: string;
  @PrimaryColumn('timestamptz', { name: 'seen_at' }) seenAt!: Date;
  @Column('text') way!: 'person' | 'document';
  @Column('uuid', { name: 'seen_by' }) seenBy!: string;
}

/** A hash of a member's identity number, by which they are not registered twice. */
@Entity('identity_mark')
export class IdentityMarkRow {
  @PrimaryColumn('uuid', { name: 'bank_id' }) bankId!: string;
  @PrimaryColumn('uuid', { name: 'member_id' }) memberId!: string;
  @Column('bytea') hash!: Buffer;
}

/** Who answers for a minor. */
@Entity('guardian')
export class GuardianRow {
  @PrimaryColumn('uuid', { name: 'bank_id' }) bankId!: string;
  @PrimaryColumn('uuid', { name: 'member_id' }) memberId!: string;
  @Column('uuid', { name: 'guardian_member_id', nullable: true }) guardianMemberId!: string | null;
  @Column('text') name!: string;
  @Column('text') phone!: string;
  @Column('text') kind!: 'parent' | 'grandparent' | 'other';
  @Column('uuid', { name: 'recorded_by' }) recordedBy!: string;
  @Column('timestamptz', { name: 'recorded_at' }) recordedAt!: Date;
}
