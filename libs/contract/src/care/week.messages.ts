import { z } from 'zod';
import { id, instant, localDay, question } from '../primitives';
import { kindCode } from '../requests/kinds.messages';
import { visitStates } from '../visits/visits.messages';

const uuid = '[0-9a-fA-F]{8}-[0-9a-fA-F]{4}-[0-9a-fA-F]{4}-[0-9a-fA-F]{4}-[0-9a-fA-F]{12}';

export const weekQuery = z.strictObject({
  /** A Monday of the bank's calendar. */
  from: localDay,
  by: z.enum(['helpers', 'clients']).default('helpers'),
  kind: kindCode.optional(),
  /** Part of where it is: the request's place, or the client's address. */
  area: question(50).optional(),
  /** People who get a row although their week is empty, at most twenty: ids with commas between them. */
  also: z
    .string()
    .regex(new RegExp(`^${uuid}(,${uuid}){0,19}$`))
    .optional(),
});

/** 1 is Monday. */
const weekday = z.int().min(1).max(7);
const placed = {
  requestId: id,
  clientId: id,
  serviceKind: z.string(),
  startsAt: instant,
  endsAt: instant,
  day: weekday,
  seriesId: id.nullable(),
};

/**
 * A bank's week: who has something in it, and what nobody has taken yet. `visits` that came to nothing are left out. Lists hold the first lines, the
 * counts say how many there are.
 */
export const weekBoard = z.object({
  from: localDay,
  /** The Sunday. */
  to: localDay,
  today: localDay,
  rows: z.array(
    z.object({
      memberId: id,
      /** Of a guest. */
      homeBankId: id.nullable(),
      /** Planned and done in this week, of what is shown. */
      minutes: z.int(),
      /** The most that a helper wishes for in a week. */
      weekWish: z.int().nullable(),
      /** When a helper is free, as they said it: minutes of the day. */
      free: z.array(z.object({ day: weekday, from: z.int(), to: z.int() })),
      /** Days on which they are away. */
      away: z.array(weekday),
    }),
  ),
  /** What everybody is called who is named in it. */
  people: z.record(z.string(), z.string()),
  visits: z.array(z.object({ ...placed, visitId: id, volunteerId: id, state: z.enum(visitStates) })),
  unfilled: z.array(
    z.object({
      ...placed,
      minutes: z.int(),
      helpersNeeded: z.int(),
      helpers: z.int(),
      /** Whether the free minutes of whoever pays reach. */
      isCovered: z.boolean(),
      /** It begins within policy `urgentWithinMinutes`. */
      isUrgent: z.boolean(),
      /** The regular whose it is to take. */
      reservedFor: id.nullable(),
      version: z.int(),
    }),
  ),
  counts: z.object({ visits: z.int(), unfilled: z.int() }),
});

export type WeekQuery = z.infer<typeof weekQuery>;
export type WeekBoard = z.infer<typeof weekBoard>;
