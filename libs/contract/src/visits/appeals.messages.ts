import { z } from 'zod';
import { id, instant, listOf, note, page, search } from '../primitives';

export const appealStates = ['open', 'upheld', 'granted'] as const;
/** How a granted appeal is put right; history stays as it is. */
export const appealRemedies = ['reverse_and_enter', 'enter_anew'] as const;

export const appealInput = z.strictObject({ note });
export const appealAnswerInput = z.strictObject({ outcome: z.enum(['upheld', 'granted']), note });

/** An appeal as it is now, with its visit. */
export const visitAppeal = z.object({
  appealId: id,
  note: z.string(),
  at: instant,
  state: z.enum(appealStates),
  answer: z.object({ note: z.string(), at: instant, byName: z.string().nullable(), remedy: z.enum(appealRemedies).nullable() }).nullable(),
});

export const appeal = visitAppeal.extend({
  visitId: id,
  volunteerId: id,
  volunteerName: z.string(),
  clientName: z.string(),
  serviceKind: z.string(),
  plannedStart: instant,
  decision: z.enum(['approve', 'reject']),
  decidedAt: instant,
  decidedByName: z.string().nullable(),
  reasonCode: z.string().nullable(),
  creditedMinutes: z.int().nullable(),
  /** What the rules had proposed; null where it is no longer known. */
  proposedMinutes: z.int().nullable(),
});
export const appealQuery = z.strictObject({
  ...page,
  ...search,
  sort: z.enum(['oldest', 'newest']).optional(),
  state: z.enum(['open', 'answered']).optional(),
});
export const appeals = listOf(appeal);

export type AppealInput = z.infer<typeof appealInput>;
export type AppealAnswerInput = z.infer<typeof appealAnswerInput>;
export type VisitAppeal = z.infer<typeof visitAppeal>;
export type Appeal = z.infer<typeof appeal>;
export type AppealQuery = z.infer<typeof appealQuery>;
