import type { ActivityPart, ActivityPlaceState } from '@timebank/contract';
import { Column, Entity, PrimaryColumn, VersionColumn } from 'typeorm';

@Entity('activity')
export class ActivityRow {
  static readonly defaulted = ['version'] as const;
  @PrimaryColumn('uuid', { name: 'bank_id' }) bankId!: string;
  @PrimaryColumn('uuid', { name: 'activity_id' }) activityId!: string;
  @Column('text') name!: string;
  @Column('timestamptz', { name: 'starts_at' }) startsAt!: Date;
  @Column('timestamptz', { name: 'ends_at' }) endsAt!: Date;
  @Column('text', { nullable: true }) place!: string | null;
  @Column('integer', { name: 'participant_places' }) participantPlaces!: number;
  @Column('integer', { name: 'helper_places' }) helperPlaces!: number;
  @Column('text', { nullable: true }) note!: string | null;
  @VersionColumn({ type: 'integer' }) version!: number;
  @Column('timestamptz', { name: 'short_told_at', nullable: true }) shortToldAt!: Date | null;
  @Column('uuid', { name: 'closed_by', nullable: true }) closedBy!: string | null;
  @Column('timestamptz', { name: 'closed_at', nullable: true }) closedAt!: Date | null;
  @Column('uuid', { name: 'cancelled_by', nullable: true }) cancelledBy!: string | null;
  @Column('timestamptz', { name: 'cancelled_at', nullable: true }) cancelledAt!: Date | null;
  @Column('text', { name: 'cancel_note', nullable: true }) cancelNote!: string | null;
  @Column('uuid', { name: 'created_by' }) createdBy!: string;
  @Column('timestamptz', { name: 'created_at' }) createdAt!: Date;
  @Column('bytea', { name: 'content_hash' }) contentHash!: Buffer;
}

/** Somebody who signed up. */
@Entity('activity_place')
export class ActivityPlaceRow {
  @PrimaryColumn('uuid', { name: 'bank_id' }) bankId!: string;
  @PrimaryColumn('uuid', { name: 'activity_id' }) activityId!: string;
  @PrimaryColumn('uuid', { name: 'member_id' }) memberId!: string;
  @Column('text') part!: ActivityPart;
  @Column('text') state!: ActivityPlaceState;
  @Column('integer', { nullable: true }) turn!: number | null;
  @Column('integer', { nullable: true }) minutes!: number | null;
  @Column('uuid', { name: 'signed_up_by' }) signedUpBy!: string;
  @Column('timestamptz', { name: 'signed_up_at' }) signedUpAt!: Date;
}

/** Somebody was there: by a rotating code, or written down by a coordinator. */
@Entity('activity_attendance')
export class ActivityAttendanceRow {
  @PrimaryColumn('uuid', { name: 'bank_id' }) bankId!: string;
  @PrimaryColumn('uuid', { name: 'activity_id' }) activityId!: string;
  @PrimaryColumn('uuid', { name: 'member_id' }) memberId!: string;
  @Column('uuid', { name: 'display_id', nullable: true }) displayId!: string | null;
  @Column('bigint', { nullable: true }) step!: number | null;
  @Column('uuid', { name: 'recorded_by' }) recordedBy!: string;
  @Column('timestamptz', { name: 'recorded_at' }) recordedAt!: Date;
}
