import { z } from 'zod';
import { note } from '../primitives';
import { cancelReasons, cancelSides } from './cancel-lists';

export const visitCancelInput = z.strictObject({ reasonCode: z.enum(cancelReasons).optional(), note: note.optional() });

/** Who called a visit off, and why they said; null where it was not, or before this was recorded. */
export const visitCancelled = z.object({
  side: z.enum(cancelSides),
  /** To staff, and to whoever said it. */
  reasonCode: z.enum(cancelReasons).nullable(),
  /** By its helper, on its own day or after; to staff. */
  isLate: z.boolean().optional(),
});

export type VisitCancelInput = z.infer<typeof visitCancelInput>;
