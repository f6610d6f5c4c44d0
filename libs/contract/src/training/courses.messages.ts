import { z } from 'zod';
import { qualificationCode } from '../members/members.messages';
import { id, instant, line, listOf, localDay, note, page, version } from '../primitives';
import { kindCode } from '../requests/kinds.messages';
import { courseResults, courseStates, placeStates } from './training-lists';
import { qualificationKind } from './qualifications.messages';

const time = z.string().regex(/^([01][0-9]|2[0-3]):[0-5][0-9]$/);

export const courseInput = z.strictObject({
  title: line(100),
  note: note.optional(),
  place: line(200),
  places: z.int().min(1).max(500),
  /** What whoever passes is granted. */
  qualification: qualificationCode.optional(),
  /** It renews the qualification of those who have it. */
  isRefresher: z.boolean().optional(),
  /** What it prepares for. */
  serviceKinds: z.array(kindCode).max(20).optional(),
  /** Volunteers who teach: they are paid for the sessions at which they were. */
  teachers: z.array(id).max(20).optional(),
  /** By the bank's clock. */
  sessions: z
    .array(z.strictObject({ sessionId: id, day: localDay, startTime: time, endTime: time }))
    .min(1)
    .max(60),
  /** Until when people sign up. */
  closesAt: instant,
});

/** What is to be otherwise; of the sessions those that get another time. */
export const coursePatch = z.strictObject({
  version,
  title: courseInput.shape.title.optional(),
  note: note.nullable().optional(),
  place: courseInput.shape.place.optional(),
  places: courseInput.shape.places.optional(),
  sessions: courseInput.shape.sessions.optional(),
  closesAt: instant.optional(),
});

const session = z.object({
  sessionId: id,
  day: localDay,
  startTime: z.string(),
  endTime: z.string(),
  startsAt: instant,
  endsAt: instant,
  minutes: z.int(),
});

const names = qualificationKind.shape.names;
/** What everybody may know of it. */
export const courseLine = z.object({
  courseId: id,
  bankId: id,
  title: z.string(),
  note: z.string().nullable(),
  place: z.string(),
  places: z.int(),
  qualification: z.string().nullable(),
  qualificationNames: names.nullable(),
  isRefresher: z.boolean(),
  serviceKinds: z.array(z.string()),
  state: z.enum(courseStates),
  sessions: z.array(session),
  closesAt: instant,
  /** How many signed up and did not withdraw, and how many of them have a place. */
  signedUp: z.int(),
  placed: z.int(),
  waiting: z.int(),
  /** SHA-256 of `seed`, known from the beginning; the seed is, once it was drawn. */
  seedHash: z.string(),
  seed: z.string().nullable(),
  /** The caller's own place. */
  own: z
    .object({ state: z.enum(placeStates), ticket: z.int(), turn: z.int().nullable(), result: z.enum(courseResults).nullable() })
    .nullable(),
  /** The sessions at which the caller was. */
  attended: z.array(id),
  teaches: z.boolean(),
  version,
});

/** By ticket: the lot of each can be worked out from the seed by anybody. */
const ticket = z.object({ ticket: z.int(), state: z.enum(placeStates), lot: z.string().nullable() });
const learner = z.object({
  memberId: id,
  name: z.string(),
  memberNumber: z.string(),
  ticket: z.int(),
  state: z.enum(placeStates),
  turn: z.int().nullable(),
  result: z.enum(courseResults).nullable(),
  grantedUntil: localDay.nullable(),
  attended: z.array(id),
});
export const course = courseLine.extend({
  tickets: z.array(ticket),
  /** Staff only; empty for others. */
  learners: z.array(learner),
  teachers: z.array(z.object({ memberId: id, name: z.string(), attended: z.array(id) })),
  cancelNote: z.string().nullable(),
});
export const courseQuery = z.strictObject({ ...page, state: z.enum(courseStates).optional() });
export const courses = listOf(courseLine);
export const ownCourses = z.object({ items: z.array(courseLine) });

export const coursePlace = z.object({
  courseId: id,
  memberId: id,
  ticket: z.int(),
  state: z.enum(placeStates),
  turn: z.int().nullable(),
});
/** `code`: what the display shows; a coordinator may write somebody down without one. */
export const attendanceInput = z.strictObject({ code: z.string().min(1).max(200).optional() });
export const attendance = z.object({ sessionId: id, memberId: id, minutes: z.int(), recordedAt: instant });
export const courseCloseInput = z.strictObject({
  /** Of those with a place, who passed. */
  passed: z.array(id).max(500),
  /** False where the pool cannot pay those who taught. */
  payTeachers: z.boolean().optional(),
});
export const courseCancelInput = z.strictObject({ note });
export const attendanceBackInput = z.strictObject({ note });

export const losingQuery = z.strictObject(page);
/** Visits and dates that lose their helper because a qualification ends before. */
export const losing = listOf(
  z.object({
    memberId: id,
    name: z.string(),
    qualification: z.string(),
    /** Its last day, or the exemption's; null where they never had it. */
    until: localDay.nullable(),
    visits: z.int(),
    firstRequestId: id,
    firstStartsAt: instant,
    serviceKind: z.string(),
  }),
);

export type CourseInput = z.infer<typeof courseInput>;
export type CoursePatch = z.infer<typeof coursePatch>;
export type CourseLine = z.infer<typeof courseLine>;
export type Course = z.infer<typeof course>;
export type CourseQuery = z.infer<typeof courseQuery>;
export type CoursePlace = z.infer<typeof coursePlace>;
export type Attendance = z.infer<typeof attendance>;
export type AttendanceInput = z.infer<typeof attendanceInput>;
export type CourseCloseInput = z.infer<typeof courseCloseInput>;
export type Losing = z.infer<typeof losing>;
