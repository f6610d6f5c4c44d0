import { z } from 'zod';
import { id, instant, note, reasonCode, text } from '../primitives';
import { kindCode } from '../requests/kinds.messages';

/** Why a visit is recorded afterwards; those with words in every language, a city may send its own. */
export const pastVisitReasonCodes = ['paper', 'offline_scan', 'appeal_granted', 'no_phone', 'card_missing', 'other'] as const;
/** A visit that nobody planned, or whose plan is gone: recorded from paper, a letter or a granted appeal. */
export const pastVisitInput = z.strictObject({
  clientId: id,
  volunteerId: id,
  serviceKind: kindCode,
  startedAt: instant,
  endedAt: instant,
  reasonCode,
  note: note.optional(),
  /** What it was read from, as 'sheet 12 of the blue folder'. */
  evidence: text(200).optional(),
});

export type PastVisitInput = z.infer<typeof pastVisitInput>;
