import { z } from 'zod';
import { id, instant, line, listOf, localDay, note, page, version } from '../primitives';
import { activityParts, activityPlaceStates, activityStates } from './activity-lists';

export const activityInput = z.strictObject({
  /** Of what is changed, as it was read; left out where it is laid down. */
  version: version.optional(),
  name: line(100),
  startsAt: instant,
  endsAt: instant,
  place: line(200).optional(),
  participantPlaces: z.int().min(0).max(5_000),
  helperPlaces: z.int().min(0).max(500),
  note: note.optional(),
});

/** What everybody may know of it. */
export const activityLine = z.object({
  activityId: id,
  bankId: id,
  name: z.string(),
  startsAt: instant,
  endsAt: instant,
  minutes: z.int(),
  place: z.string().nullable(),
  note: z.string().nullable(),
  state: z.enum(activityStates),
  participantPlaces: z.int(),
  helperPlaces: z.int(),
  /** Of each: with a place, and on the list of those who wait. */
  participants: z.int(),
  helpers: z.int(),
  participantsWaiting: z.int(),
  helpersWaiting: z.int(),
  /** Helpers are lacking, and it is so near that somebody should do something about it. */
  isShort: z.boolean(),
  /** The caller's own place. */
  own: z
    .object({
      as: z.enum(activityParts),
      state: z.enum(activityPlaceStates),
      turn: z.int().nullable(),
      attendedAt: instant.nullable(),
      minutes: z.int().nullable(),
    })
    .nullable(),
  version,
});

const person = z.object({
  memberId: id,
  name: z.string(),
  memberNumber: z.string(),
  as: z.enum(activityParts),
  state: z.enum(activityPlaceStates),
  turn: z.int().nullable(),
  attendedAt: instant.nullable(),
  /** By the code of a screen; else a colleague wrote them down from paper. */
  byCode: z.boolean().nullable(),
  recordedBy: z.string().nullable(),
  minutes: z.int().nullable(),
});

export const activity = activityLine.extend({
  cancelNote: z.string().nullable(),
  closedAt: instant.nullable(),
  /** Staff only; empty for others. */
  people: z.array(person),
});

/** Days by the bank's clock. `short`: only those where helpers are lacking. */
export const activityQuery = z.strictObject({
  ...page,
  from: localDay.optional(),
  to: localDay.optional(),
  short: z.literal('yes').optional(),
});
export const activities = listOf(activityLine);

export const activityPlaceInput = z.strictObject({ as: z.enum(activityParts) });
export const activityPlace = z.object({
  activityId: id,
  memberId: id,
  as: z.enum(activityParts),
  state: z.enum(activityPlaceStates),
  turn: z.int().nullable(),
});
/** One's own, by the code that a screen of the bank shows; or from a list on paper, by a coordinator. */
export const activityAttendanceInput = z
  .strictObject({ code: z.string().min(1).max(200).optional(), memberIds: z.array(id).min(1).max(500).optional() })
  .refine(({ code, memberIds }) => (code === undefined) !== (memberIds === undefined), 'code_or_members');
export const activityCancelInput = z.strictObject({ note });

export type ActivityInput = z.infer<typeof activityInput>;
export type ActivityLine = z.infer<typeof activityLine>;
export type ActivityPerson = z.infer<typeof person>;
export type Activity = z.infer<typeof activity>;
export type ActivityQuery = z.infer<typeof activityQuery>;
export type ActivityPlace = z.infer<typeof activityPlace>;
export type ActivityAttendanceInput = z.infer<typeof activityAttendanceInput>;
