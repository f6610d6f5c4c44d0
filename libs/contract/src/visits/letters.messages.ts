import { z } from 'zod';
import { id, instant, listOf, localDay, note, page, reasonCode, search } from '../primitives';
import { visitStates } from './visits.messages';

/** Why an offline scan changed nothing. */
export const letterCodes = [
  'visits/not_found',
  'visits/not_yours',
  'visits/not_scannable',
  'visits/already_started',
  'visits/already_ended',
] as const;
export const letterOutcomes = ['entered', 'explained', 'rejected'] as const;
/** Those with words in every language; a city may send its own. */
export const letterReasonCodes = [
  'client_confirmed',
  'time_entered',
  'already_counted',
  'visit_called_off',
  'mixed_up',
  'not_served',
  'other',
] as const;

const reason = { reasonCode, note: note.optional() };
/** `entered` names the visit whose times were entered by hand; nothing is entered by the answer itself. */
export const letterAnswerInput = z.discriminatedUnion('outcome', [
  z.strictObject({ outcome: z.literal('entered'), visitId: id, ...reason }),
  z.strictObject({ outcome: z.enum(['explained', 'rejected']), ...reason }),
]);

/** An offline scan that changed nothing, with all that helps a person to see what happened. */
export const letter = z.object({
  eventId: id,
  state: z.enum(['open', ...letterOutcomes]),
  kind: z.enum(['in', 'out']),
  code: z.enum(letterCodes),
  volunteerId: id,
  volunteerName: z.string().nullable(),
  /** Null where none is recorded, and of a guest: their own bank has it. */
  volunteerPhone: z.string().nullable(),
  /** What the phone said. */
  clientTime: instant,
  /** Between which instants it happened, as far as the server can vouch for it; `earliest` is null where it cannot. */
  earliest: instant.nullable(),
  latest: instant,
  receivedAt: instant,
  via: z.enum(['card', 'typed', 'rotating']).nullable(),
  /** What the phone's signature proves; null without one. */
  proof: z.enum(['valid', 'invalid', 'unknown']).nullable(),
  /** The last day on which times may be entered by hand. */
  deadline: localDay,
  /** The visit that the phone named; null where this bank knows none such. */
  visit: z
    .object({
      visitId: id,
      own: z.boolean(),
      state: z.enum(visitStates),
      class: z.enum(['verified', 'manual']),
      serviceKind: z.string(),
      plannedStart: instant,
      plannedEnd: instant,
      clientId: id,
      clientName: z.string(),
    })
    .nullable(),
  /** Whose card was read; null where it is not one of this bank's. */
  cardClient: z.object({ memberId: id, name: z.string() }).nullable(),
  answer: z
    .object({ reasonCode: z.string(), note: z.string().nullable(), at: instant, byName: z.string().nullable(), visitId: id.nullable() })
    .nullable(),
});
export const letterQuery = z.strictObject({ ...page, ...search, state: z.enum(['open', 'closed']).optional() });
export const letters = listOf(letter);

export type Letter = z.infer<typeof letter>;
export type LetterCode = (typeof letterCodes)[number];
export type LetterQuery = z.infer<typeof letterQuery>;
export type LetterAnswerInput = z.infer<typeof letterAnswerInput>;
