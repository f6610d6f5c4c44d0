import { Column, Entity, PrimaryColumn, VersionColumn } from 'typeorm';
import type { PlaceState } from '@timebank/contract';

@Entity('course')
export class CourseRow {
  static readonly defaulted = ['version'] as const;
  @PrimaryColumn('uuid', { name: 'bank_id' }) bankId!: string;
  @PrimaryColumn('uuid', { name: 'course_id' }) courseId!: string;
  @Column('text') title!: string;
  @Column('text', { nullable: true }) note!: string | null;
  @Column('text') place!: string;
  @Column('integer') places!: number;
  @Column('text', { nullable: true }) qualification!: string | null;
  @Column('boolean', { name: 'is_refresher' }) isRefresher!: boolean;
  @Column('timestamptz', { name: 'closes_at' }) closesAt!: Date;
  @Column('bytea', { name: 'seed_hash' }) seedHash!: Buffer;
  @Column('text', { nullable: true }) seed!: string | null;
  @Column('uuid', { name: 'drawn_by', nullable: true }) drawnBy!: string | null;
  @Column('timestamptz', { name: 'drawn_at', nullable: true }) drawnAt!: Date | null;
  @Column('uuid', { name: 'closed_by', nullable: true }) closedBy!: string | null;
  @Column('timestamptz', { name: 'closed_at', nullable: true }) closedAt!: Date | null;
  @Column('bytea', { name: 'close_hash', nullable: true }) closeHash!: Buffer | null;
  @Column('uuid', { name: 'cancelled_by', nullable: true }) cancelledBy!: string | null;
  @Column('timestamptz', { name: 'cancelled_at', nullable: true }) cancelledAt!: Date | null;
  @Column('text', { name: 'cancel_note', nullable: true }) cancelNote!: string | null;
  @Column('uuid', { name: 'created_by' }) createdBy!: string;
  @Column('timestamptz', { name: 'created_at' }) createdAt!: Date;
  @Column('bytea', { name: 'content_hash' }) contentHash!: Buffer;
  @VersionColumn({ type: 'integer' }) version!: number;
}

/** What a course prepares for. */
@Entity('course_service_kind')
export class CourseServiceKindRow {
  @PrimaryColumn('uuid', { name: 'bank_id' }) bankId!: string;
  @PrimaryColumn('uuid', { name: 'course_id' }) courseId!: string;
  @PrimaryColumn('text', { name: 'service_kind' }) serviceKind!: string;
}

@Entity('course_teacher')
export class CourseTeacherRow {
  @PrimaryColumn('uuid', { name: 'bank_id' }) bankId!: string;
  @PrimaryColumn('uuid', { name: 'course_id' }) courseId!: string;
  @PrimaryColumn('uuid', { name: 'member_id' }) memberId!: string;
}

@Entity('course_session')
export class CourseSessionRow {
  @PrimaryColumn('uuid', { name: 'bank_id' }) bankId!: string;
  @PrimaryColumn('uuid', { name: 'session_id' }) sessionId!: string;
  @Column('uuid', { name: 'course_id' }) courseId!: string;
  @Column('timestamptz', { name: 'starts_at' }) startsAt!: Date;
  @Column('timestamptz', { name: 'ends_at' }) endsAt!: Date;
}

/** Somebody who signed up. */
@Entity('course_place')
export class CoursePlaceRow {
  @PrimaryColumn('uuid', { name: 'bank_id' }) bankId!: string;
  @PrimaryColumn('uuid', { name: 'course_id' }) courseId!: string;
  @PrimaryColumn('uuid', { name: 'member_id' }) memberId!: string;
  @Column('integer') ticket!: number;
  @Column('text') state!: PlaceState;
  @Column('integer', { nullable: true }) turn!: number | null;
  @Column('text', { nullable: true }) result!: 'passed' | 'not_passed' | null;
  @Column('date', { name: 'granted_until', nullable: true }) grantedUntil!: string | null;
  @Column('uuid', { name: 'signed_up_by' }) signedUpBy!: string;
  @Column('timestamptz', { name: 'signed_up_at' }) signedUpAt!: Date;
}

/** Somebody was at a session: by a rotating code, or written down by a coordinator. */
@Entity('course_attendance')
export class CourseAttendanceRow {
  @PrimaryColumn('uuid', { name: 'bank_id' }) bankId!: string;
  @PrimaryColumn('uuid', { name: 'session_id' }) sessionId!: string;
  @PrimaryColumn('uuid', { name: 'member_id' }) memberId!: string;
  @Column('uuid', { name: 'course_id' }) courseId!: string;
  @Column('integer') minutes!: number;
  @Column('uuid', { name: 'display_id', nullable: true }) displayId!: string | null;
  @Column('bigint', { nullable: true }) step!: number | null;
  @Column('uuid', { name: 'recorded_by' }) recordedBy!: string;
  @Column('timestamptz', { name: 'recorded_at' }) recordedAt!: Date;
}

/** Whether it stands that somebody was there; the newest of a person's decides. */
@Entity('course_attendance_change')
export class CourseAttendanceChangeRow {
  static readonly defaulted = ['changeNumber'] as const;
  @PrimaryColumn('uuid', { name: 'bank_id' }) bankId!: string;
  @PrimaryColumn('uuid', { name: 'session_id' }) sessionId!: string;
  @PrimaryColumn('uuid', { name: 'member_id' }) memberId!: string;
  @PrimaryColumn('bigint', { name: 'change_number', generated: 'identity' }) changeNumber!: number;
  @Column('boolean') stands!: boolean;
  @Column('text', { nullable: true }) note!: string | null;
  @Column('uuid', { name: 'changed_by' }) changedBy!: string;
  @Column('timestamptz', { name: 'changed_at' }) changedAt!: Date;
}

/** A warning that went out, once. */
@Entity('qualification_warning')
export class WarningRow {
  @PrimaryColumn('uuid', { name: 'bank_id' }) bankId!: string;
  @PrimaryColumn('uuid', { name: 'member_id' }) memberId!: string;
  @PrimaryColumn('text') code!: string;
  @PrimaryColumn('date', { name: 'ends_on' }) endsOn!: string;
  @PrimaryColumn('integer') days!: number;
  @Column('timestamptz', { name: 'warned_at' }) warnedAt!: Date;
}
