import { z } from 'zod';
import { id, instant, localDay } from '../primitives';
import { arrival, queue, visit, visitStates } from './visits.messages';

/** The bank that somebody works in, for its desk alone; without it the first where they have an office. `part=own`: the person's own part alone. */
export const homeQuery = z.strictObject({ bankId: id.optional(), part: z.literal('own').optional() });

/** A visit as a list on the phone shows it; `side` is where the person themself stands in it. */
const ownVisit = visit
  .pick({
    visitId: true,
    bankId: true,
    requestId: true,
    clientName: true,
    volunteerName: true,
    serviceKind: true,
    place: true,
    homeAddress: true,
    note: true,
    plannedStart: true,
    plannedEnd: true,
    state: true,
    capturedIn: true,
    capturedOut: true,
    creditedMinutes: true,
    exceptions: true,
    decision: true,
  })
  .extend({ side: z.enum(['volunteer', 'client']), arrival: arrival.nullable(), remindedAt: instant.nullable() });

/** Approved services, those reversed left out, and with how many different people. */
const servedMinutes = z.object({ minutes: z.int(), neighbours: z.int() });

/** The person themself, at home and wherever they help. */
const ownHome = z.object({
  /** By start: from yesterday to two weeks ahead; of a helper also each that waits for a decision, or was approved today. Without those that came to nothing. */
  visits: z.array(ownVisit),
  account: z.object({ accountId: id, balanceMinutes: z.int(), heldMinutes: z.int() }),
  /** Decided in the local month of the home bank. */
  given: servedMinutes,
  received: servedMinutes,
  /** Minutes that the person has ever given. */
  givenEver: z.int(),
  /** Notices that were not seen. */
  unread: z.int(),
});

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

/** Twelve weeks of a bank, each by the Monday it begins on, and the kinds of service of the last four: for those who answer for the bank. */
const bankWeeks = z.object({
  weeks: z.array(
    z.object({
      week: localDay,
      visits: z.int(),
      byHand: z.int(),
      minutes: z.int(),
      /** Of the requests made in that week and not cancelled: those with a helper within 24 hours. The last 24 hours are left out. */
      requests: z.int(),
      filledInADay: z.int(),
    }),
  ),
  kinds: z.array(z.object({ serviceKind: z.string(), visits: z.int(), minutes: z.int() })),
});

/** What a new bank has on its way to the first approved hour, in the order in which it comes about. */
const firstSteps = z.object({
  coordinator: z.boolean(),
  client: z.boolean(),
  volunteer: z.boolean(),
  /** Minutes on a client's account. */
  minutes: z.boolean(),
  card: z.boolean(),
  request: z.boolean(),
  visit: z.boolean(),
  /** Scanned at both ends, or entered by hand. */
  served: z.boolean(),
});

/** What nears a deadline, for those who answer for the bank. */
const deadlines = z.object({
  /** Visits without both scans whose times can be entered today, but in three days no longer, and the days on which they were planned. */
  recording: z.object({ visits: z.int(), from: localDay, to: localDay }),
  /** Acts that wait for a second person and lapse within two days, and the first moment one does. */
  acts: z.object({ waiting: z.int(), until: instant.nullable() }),
  /** Volunteers with a qualification that ends within 30 days, and the first such day. */
  qualifications: z.object({ volunteers: z.int(), until: localDay.nullable() }),
  /** Insurances that end within 30 days and that no other one carries on, and the first such day. */
  insurances: z.object({ ending: z.int(), until: localDay.nullable() }),
});

/** For whoever looks after the books. */
const watched = z.object({
  /** The newest checkpoint; null while there is none. */
  seal: z.object({ number: z.int(), sealedAt: instant }).nullable(),
  /** Numbers before it that are neither there nor void after a restore. */
  missing: z.int(),
  /** Since when what was recorded waits for a checkpoint. */
  unsealedSince: instant.nullable(),
  /** Entries of the bank's trail since their sign-in before this one, counted up to 10,000; null where none is known. */
  changes: z.object({ count: z.int(), since: instant }).nullable(),
});

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
  /** Null once an hour was approved. */
  firstSteps: firstSteps.nullable(),
  /** Clients with a service in the last 90 days, none in the last 30, and nothing ahead; null for auditors. */
  silent: z.int().nullable(),
  /** Of the last 30 days what was asked for at short notice: how much of it found somebody, and how long that took, half of it no longer. */
  urgent: z.object({ requests: z.int(), answered: z.int(), medianMinutes: z.int().nullable() }),
  /** Null for coordinators and auditors. */
  deadlines: deadlines.nullable(),
  /** Null for all but auditors. */
  watched: watched.nullable(),
  /** Null for coordinators. */
  weeks: bankWeeks.nullable(),
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

/** What the first screen needs, by role: of themself for a member, of a bank for its staff, of every bank for those with a role in the city. */
export const home = z.object({ own: ownHome.nullable(), desk: deskHome.nullable(), city: z.array(bankHome).nullable() });

export type HomeQuery = z.infer<typeof homeQuery>;
export type Home = z.infer<typeof home>;
export type OwnHome = z.infer<typeof ownHome>;
export type DeskHome = z.infer<typeof deskHome>;
export type BankHome = z.infer<typeof bankHome>;
