import { z } from 'zod';
import { localDay } from '../primitives';

const time = z.string().regex(/^([01]\d|2[0-3]):[0-5]\d$/);
const slot = z.object({
  /** Monday is 1. */
  day: z.int().min(1).max(7),
  from: time,
  /** Midnight is `24:00`. */
  to: z.string().regex(/^(([01]\d|2[0-3]):[0-5]\d|24:00)$/),
});
/** Both days included. */
const days = z.object({ from: localDay, to: localDay });

/**
 * When and how a member would help, the whole of it; what is left out is not said. Times are of their home bank's zone. `languages` are BCP 47 codes;
 * `weekMinutes` is the most they wish for in a week, Monday to Sunday.
 */
export const availabilityInput = z.strictObject({
  weekly: z.array(slot.strict()).max(70).default([]),
  pauses: z.array(days.strict()).max(50).default([]),
  languages: z.array(z.string().min(1).max(40)).max(20).default([]),
  kinds: z.array(z.string().min(1).max(40)).max(100).default([]),
  weekMinutes: z.int().nullable().optional(),
});
/** Slots that touch have become one. */
export const availability = z.object({
  weekly: z.array(slot),
  pauses: z.array(days),
  languages: z.array(z.string()),
  kinds: z.array(z.string()),
  weekMinutes: z.int().nullable(),
});

export type Availability = z.infer<typeof availability>;
export type AvailabilityInput = z.infer<typeof availabilityInput>;
