import { z } from 'zod';
import { id, instant, localDay } from '../primitives';
import { queue, visitStates } from './visits.messages';

/** The bank that somebody works in; without it the first where they have an office. */
export const homeQuery = z.strictObject({ bankId: id.optional() });

/** A visit of today on the desk's time line. */
const visitOfToday = z.object({
  visitId: id,
  state: z.enum(visitStates),
  serviceKind: z.string(),
  clientName: z.string(),
  volunteerName: z.string(),
  plannedStart: instant,
  plannedEnd: instant,
  capturedIn: instant.nullable(),
  capturedOut: instant.nullable(),
});

const unfilledRequest = z.object({
  requestId: id,
  serviceKind: z.string(),
  clientName: z.string(),
  startsAt: instant,
  minutes: z.int(),
  /** Whether the client's free minutes reach. */
  isCovered: z.boolean(),
});

/** A local day's visits that took place, and those whose times somebody entered by hand. */
const dayOfVisits = z.object({ day: localDay, visits: z.int(), byHand: z.int(), minutes: z.int() });

/** One bank's desk. The lists hold the first lines; the counts say how many there are. */
const deskHome = z.object({
  bankId: id,
  day: localDay,
  today: z.object({ visits: z.int(), items: z.array(visitOfToday) }),
  /** Open requests that begin within three days and have no helper, the soonest first. */
  unfilled: z.object({ requests: z.int(), items: z.array(unfilledRequest) }),
  queue: queue.extend({
    /** Since when the visit that has waited longest waits. */
    waitingSince: instant.nullable(),
  }),
  /** Drawn call-backs that nobody has answered. */
  callBacks: z.int(),
  /** Today and the six days before, the oldest first. */
  week: z.array(dayOfVisits),
});

/** How a bank stands, beside the others. */
const bankHome = z.object({
  bankId: id,
  bankName: z.string(),
  today: z.int(),
  waiting: z.int(),
  waitingSince: instant.nullable(),
  unfilled: z.int(),
  /** Of the visits of the last 30 days that took place. */
  visits: z.int(),
  byHand: z.int(),
  /** Of the requests made in the last 30 days, but the last 24 hours, and not cancelled: those with a helper within 24 hours. */
  requests: z.int(),
  filledInADay: z.int(),
});

/** What the first screen needs, by role: of a bank for its staff, of every bank for those with a role in the city. */
export const home = z.object({ desk: deskHome.nullable(), city: z.array(bankHome).nullable() });

export type HomeQuery = z.infer<typeof homeQuery>;
export type Home = z.infer<typeof home>;
export type DeskHome = z.infer<typeof deskHome>;
export type BankHome = z.infer<typeof bankHome>;
