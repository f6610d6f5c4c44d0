import { z } from 'zod';
import { instant } from '../primitives';

/** Whether the service is well, for monitoring. */
export const readiness = z.object({
  status: z.literal('ok'),
  now: instant,
  /** `late` when background work has begun nothing for five minutes: reminders, notices and seals wait. */
  jobs: z.enum(['ok', 'late']),
  /** `late` when the dates of some series were not laid for more than a day. */
  series: z.enum(['ok', 'late']),
  /** Why sealing would be refused, `ok` when it would not. */
  sealing: z.enum(['ok', 'rolled_back', 'differs', 'behind']),
  /** The books are older than their newest published checkpoint: reads go on, writes are refused until an admin confirms a restore. */
  rolledBack: z.boolean(),
});
