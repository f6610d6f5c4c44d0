import { z } from 'zod';
import { id, instant, listOf, localDay } from '../primitives';

/** A visit that nobody has begun, whose helper was asked where they are: with the phones to ring. */
export const nobodyCame = z.object({
  visitId: id,
  requestId: id,
  serviceKind: z.string(),
  startsAt: instant,
  clientName: z.string(),
  clientPhone: z.string().nullable(),
  volunteerName: z.string(),
  /** Null for a guest, whose phone their own bank knows. */
  volunteerPhone: z.string().nullable(),
  askedAt: instant,
  /** Since when the helper says that they are on the way. */
  onWayAt: instant.nullable(),
  /** Who stands by, the first first. */
  standbys: z.array(z.object({ name: z.string(), phone: z.string().nullable() })),
});
export const nobodyCameList = listOf(nobodyCame);

export const callWishInput = z.strictObject({ visitId: id.optional() });

/** Somebody to be called. */
export const callWish = z.object({
  wishId: id,
  memberId: id,
  /** `asked`: by themselves. `back`: from a pause, to ask whether it is still needed. */
  about: z.enum(['asked', 'back']),
  name: z.string(),
  /** Null where none is on record, and of a guest. */
  phone: z.string().nullable(),
  /** What it is about, where it is about a visit. */
  visitId: id.nullable(),
  serviceKind: z.string().nullable(),
  startsAt: instant.nullable(),
  askedAt: instant,
  doneAt: instant.nullable(),
});
export const callWishes = listOf(callWish);

/** Both days included. */
export const personPauseInput = z.strictObject({ from: localDay, to: localDay });
/** What it came to: series paused, single requests called off, visits given back. */
export const personPause = z.object({ from: localDay, to: localDay, series: z.int(), requests: z.int(), visits: z.int() });

/** `on`: the first day on which they are back. */
export const personBackInput = z.strictObject({ on: localDay });
/** What is not over, both days included. */
export const personPauses = z.object({ pauses: z.array(z.object({ from: localDay, to: localDay })) });

export type PersonPauses = z.infer<typeof personPauses>;
export type PersonPause = z.infer<typeof personPause>;
export type PersonPauseInput = z.infer<typeof personPauseInput>;
export type CallWish = z.infer<typeof callWish>;
export type NobodyCame = z.infer<typeof nobodyCame>;
