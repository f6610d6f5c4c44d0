import { z } from 'zod';
import { id, localDay, note, reasonCode } from '../primitives';

/** `on` is the bank's last day. */
export const closingInput = z.strictObject({ on: localDay, reasonCode, note: note.optional() });
export const reopeningInput = z.strictObject({ reasonCode, note: note.optional() });

/** What has to be finished before a bank closes, since nobody could afterwards. */
export const closingObstacles = [
  'plannedVisits',
  'undecidedVisits',
  /** Visits of this bank's volunteers at other banks, whose minutes would come here. */
  'visitsElsewhere',
  'openRequests',
  'openAppeals',
  'openLetters',
  'grantRuns',
  'membersWithMinutes',
  'unsettledBanks',
] as const;

/** As it is now. It can be closed when nothing stands in the way. */
export const closingPreview = z.object({
  bankId: id,
  /** The days that the last one may be. */
  from: localDay,
  to: localDay,
  inTheWay: z.record(z.enum(closingObstacles), z.int()),
  /** Members and guests who could only read from then on, and what could not be confirmed any more. */
  members: z.int(),
  guests: z.int(),
  waitingActs: z.int(),
  /** What stays in the books without an owner. */
  fundMinutes: z.int(),
  poolMinutes: z.int(),
  honourMinutes: z.int(),
});

export type ClosingInput = z.infer<typeof closingInput>;
export type ReopeningInput = z.infer<typeof reopeningInput>;
export type ClosingObstacle = (typeof closingObstacles)[number];
export type ClosingPreview = z.infer<typeof closingPreview>;
