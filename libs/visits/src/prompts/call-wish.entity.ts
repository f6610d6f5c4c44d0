import { Column, Entity, PrimaryColumn } from 'typeorm';

/** Whom the bank is to call. */
@Entity('call_wish')
export class CallWishRow {
  static readonly defaulted = ['about'] as const;
  @PrimaryColumn('uuid', { name: 'bank_id' }) bankId!: string;
  @PrimaryColumn('uuid', { name: 'wish_id' }) wishId!: string;
  @Column('uuid', { name: 'member_id' }) memberId!: string;
  /** `asked`: by the member. `back`: on the first day after a pause. */
  @Column('text') about!: 'asked' | 'back';
  @Column('uuid', { name: 'visit_id', nullable: true }) visitId!: string | null;
  @Column('timestamptz', { name: 'asked_at' }) askedAt!: Date;
  @Column('timestamptz', { name: 'done_at', nullable: true }) doneAt!: Date | null;
  @Column('uuid', { name: 'done_by', nullable: true }) doneBy!: string | null;
}
