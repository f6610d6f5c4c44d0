import { z } from 'zod';
import { id, instant, reasonCode } from '../primitives';
import { kindReasons, offerStates } from './matching-lists';

export const offerInput = z.strictObject({ requestId: id, volunteerId: id });
export const offerAnswerInput = z.strictObject({ answer: z.enum(['yes', 'no']), reasonCode: reasonCode.optional() });

/** A colleague, by their member number. */
export const handOverInput = z.strictObject({ memberNumber: z.string().regex(/^\d{9}$/) });
/** That a visit was put to a colleague, and how it stands. */
export const handOver = z.object({ offerId: id, visitId: id, state: z.enum(offerStates) });

/** One request put to one volunteer. */
export const offer = z.object({
  offerId: id,
  bankId: id,
  requestId: id,
  volunteerId: id,
  state: z.enum(offerStates),
  offeredAt: instant,
  /** Until when they are asked. */
  answerBy: instant,
  answeredAt: instant.nullable(),
  /** The visit that a yes led to. */
  visitId: id.nullable(),
  serviceKind: z.string(),
  startsAt: instant,
  endsAt: instant,
  minutes: z.int(),
});
/** What waits for the caller's answer, and where they stand by. */
export const myOffers = z.object({
  items: z.array(offer.extend({ clientName: z.string(), reasons: z.array(z.enum(kindReasons)) })),
});
/** Who was asked about a request, the newest first. `round`: how far the asking has come; `isLast`: nobody else is asked by itself. */
export const offersOfRequest = z.object({
  items: z.array(offer.extend({ name: z.string(), phone: z.string().nullable() })),
  round: z.object({ round: z.int(), isLast: z.boolean(), until: instant }).nullable(),
  /** When guests of other banks see it; null where there are none, or where they see it at once. */
  guests: z.object({ from: instant, mayTake: z.boolean() }).nullable(),
});

export type HandOver = z.infer<typeof handOver>;
export type HandOverInput = z.infer<typeof handOverInput>;
export type Offer = z.infer<typeof offer>;
export type OfferInput = z.infer<typeof offerInput>;
export type OfferAnswerInput = z.infer<typeof offerAnswerInput>;
export type MyOffers = z.infer<typeof myOffers>;
export type OffersOfRequest = z.infer<typeof offersOfRequest>;
