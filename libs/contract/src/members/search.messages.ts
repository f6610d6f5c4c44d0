import { z } from 'zod';
import { id, question } from '../primitives';

/** What the desk finds, in the order in which kinds are answered. */
export const searchKinds = ['member', 'visit', 'request', 'card', 'account'] as const;

export const searchQuery = z.strictObject({ q: question(100) });

/**
 * Names, numbers, codes and days, never a sentence; where there are several, ` · ` stands between them.
 * `title`: a member's name; client and day of a visit or a request; client of a card; owner of an account, or its kind.
 * `detail`: member number and the last four digits of the phone; state and planned start of a visit or a request; version of a card and the instant it
 * was revoked, if it was; kind of an account and the owner's member number. `memberId`: whose card it is.
 */
export const searchHit = z.object({
  kind: z.enum(searchKinds),
  id,
  bankId: id,
  title: z.string(),
  detail: z.string(),
  memberId: id.optional(),
  /** Of a member: that they are a client. */
  isClient: z.literal(true).optional(),
});
export const searchAnswer = z.object({ items: z.array(searchHit) });

export type SearchQuery = z.infer<typeof searchQuery>;
export type SearchHit = z.infer<typeof searchHit>;
export type SearchAnswer = z.infer<typeof searchAnswer>;
