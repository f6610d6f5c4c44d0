import { z } from 'zod';
import { id, instant, listOf, localDay, page } from '../primitives';

export const disclosureKinds = ['insured_list', 'members_list', 'needs'] as const;
/** As the helper of a visit, at the desk of the bank, answering for the bank, or for the city. */
export const seenAs = ['helper', 'desk', 'admin', 'city'] as const;

export const ownDisclosureQuery = z.strictObject(page);
/** Of one member, or of the whole bank. */
export const disclosureQuery = z.strictObject({ ...page, memberId: id.optional() });

/** One look at what few may see of somebody: who, what, what for, when. */
export const disclosure = z.object({
  at: instant,
  kind: z.enum(disclosureKinds),
  /** Null for a list; `people` says of how many. */
  memberId: id.nullable(),
  memberName: z.string().nullable(),
  people: z.int(),
  fields: z.array(z.string()),
  visitId: id.nullable(),
  onDay: localDay.nullable(),
  /** Null where the bank keeps no name of them: of the city, or of another bank. */
  seenByName: z.string().nullable(),
  /** In which office they looked: never nothing. */
  seenAs: z.enum(seenAs),
  /** For those who answer for the bank; null to the person themselves. */
  seenBy: id.nullable(),
});
export const disclosures = listOf(disclosure);

export type Disclosure = z.infer<typeof disclosure>;
export type DisclosureQuery = z.infer<typeof disclosureQuery>;
