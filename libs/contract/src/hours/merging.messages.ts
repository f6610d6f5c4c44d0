import { z } from 'zod';
import { id, instant, localDay } from '../primitives';

/** Who goes on as the member in the path. */
export const mergeInput = z.strictObject({ otherMemberId: id });
export const mergeQuery = z.strictObject({ otherMemberId: id });

const side = z.object({
  memberId: id,
  name: z.string(),
  memberNumber: z.string(),
  birthDate: localDay,
  phone: z.string().nullable(),
  roles: z.array(z.string()),
  balanceMinutes: z.int(),
  visits: z.int(),
  signsIn: z.boolean(),
});
/** Who would stay, who would go on as them, and what stands in the way or would end. */
export const mergePreview = z.object({
  stays: side,
  goes: side,
  openRequests: z.int(),
  plannedVisits: z.int(),
  undecidedVisits: z.int(),
  /** Of who goes: a new one is issued to who stays. */
  cards: z.int(),
});
export const merged = z.object({
  memberId: id,
  otherMemberId: id,
  /** What went from one account to the other. */
  minutes: z.int(),
  mergedAt: instant,
  undoUntil: instant,
  undoneAt: instant.nullable(),
});

/** Two members who may be one person, by what they share. */
const doubleSigns = ['name', 'birth_date', 'phone'] as const;
const double = z.object({
  memberId: id,
  name: z.string(),
  memberNumber: z.string(),
  birthDate: localDay,
  otherMemberId: id,
  otherName: z.string(),
  otherMemberNumber: z.string(),
  otherBirthDate: localDay,
  by: z.array(z.enum(doubleSigns)),
});
export const doubles = z.object({ items: z.array(double) });

export type MergePreview = z.infer<typeof mergePreview>;
export type MergeOutcome = z.infer<typeof merged>;
export type Doubles = z.infer<typeof doubles>;
