import { z } from 'zod';
import { id, instant, line, listOf, localDay, note, page, search, version } from '../primitives';
import { helpersNeeded, kindCode } from './kinds.messages';

export const requestStates = ['open', 'waiting_for_minutes', 'taken', 'served', 'cancelled', 'lapsed'] as const;

export const requestInput = z.strictObject({
  clientId: id,
  serviceKind: kindCode,
  startsAt: instant,
  /** Of each helper. */
  minutes: z.int().min(1).max(1_440),
  /** Left out: as many as the kind says. */
  helpersNeeded: helpersNeeded.optional(),
  place: line(200).optional(),
  note: note.optional(),
});
export const requestPatch = z.strictObject({
  version,
  startsAt: instant.optional(),
  minutes: z.int().min(1).max(1_440).optional(),
  helpersNeeded: helpersNeeded.optional(),
  place: line(200).nullable().optional(),
  note: note.nullable().optional(),
});

/**
 * `state` is as of now: an open request needs more helpers than it has; while minutes for the next one lack it is `waiting_for_minutes`; past its planned
 * end it is `lapsed` where nobody came. `served` is one whose visits are all decided.
 */
export const request = z.object({
  requestId: id,
  bankId: id,
  clientId: id,
  clientName: z.string(),
  serviceKind: z.string(),
  startsAt: instant,
  endsAt: instant,
  minutes: z.int(),
  place: z.string().nullable(),
  note: z.string().nullable(),
  state: z.enum(requestStates),
  helpersNeeded: z.int(),
  /** How many have taken it. */
  helpers: z.int(),
  /** The caller's own, else the only one. */
  visitId: id.nullable(),
  /** Of an occurrence of a series; the day is the one for which it was laid. */
  seriesId: id.nullable(),
  plannedDate: localDay.nullable(),
  /** The regular whose it is to take. Told to staff, the client and that regular. */
  reservedFor: id.nullable(),
  /** Whether it is still needed was asked a day before, and somebody said so. Told to staff and the client. */
  stillNeeded: z.object({ askedAt: instant, saidAt: instant.nullable() }).nullable(),
  version,
});
export const requestQuery = z.strictObject({
  ...page,
  ...search,
  /** By start, earliest first by default; `next` leaves out what is over. `q` is for staff. */
  sort: z.enum(['oldest', 'newest', 'next']).optional(),
  state: z.enum(requestStates).optional(),
  clientId: id.optional(),
  seriesId: id.optional(),
  from: instant.optional(),
  to: instant.optional(),
});
export const requestList = listOf(request);
export const cancelInput = z.strictObject({ note: note.optional() });

export type RequestInput = z.infer<typeof requestInput>;
export type RequestPatch = z.infer<typeof requestPatch>;
export type RequestAnswer = z.infer<typeof request>;
export type RequestQuery = z.infer<typeof requestQuery>;
