import { z } from 'zod';
import { id, instant } from '../primitives';
import { request } from '../requests/requests.messages';
import { candidate } from '../visits/gate.messages';
import { kindReasons, rankParts } from './matching-lists';

/** A part of a rank: between 0 and 1, and what it weighs by the bank's policy. The score is the sum of value × weight, unrounded. */
const rankPart = z.object({ name: z.enum(rankParts), value: z.number(), weight: z.number() });
const rank = { score: z.number(), parts: z.array(rankPart) };

export const candidateQuery = z.strictObject({ limit: z.coerce.number().int().min(1).max(100).default(20) });
/** How a request would stand: begun at another time, or with somebody's visit given up for it. */
export const imagined = z.strictObject({ startsAt: instant.optional(), insteadOf: id.optional() });
/** Whom nothing bars, the best first; with a phone, for what no offer reaches. */
export const candidates = z.object({
  items: z.array(z.object({ memberId: id, name: z.string(), phone: z.string().nullable(), ...rank })),
});
/** All that stands between one person and a request, and how they would rank without it. */
export const rankedCandidate = candidate.extend(rank);

/** Requests for the caller, the best first, and what speaks for each. */
export const forYou = z.object({ items: z.array(request.extend({ reasons: z.array(z.enum(kindReasons)) })) });
export const forYouQuery = z.strictObject({ limit: z.coerce.number().int().min(1).max(50).default(10) });

export type Candidates = z.infer<typeof candidates>;
export type ImaginedPlan = z.infer<typeof imagined>;
export type RankedCandidate = z.infer<typeof rankedCandidate>;
export type ForYou = z.infer<typeof forYou>;
