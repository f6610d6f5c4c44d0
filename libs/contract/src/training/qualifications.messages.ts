import { z } from 'zod';
import { languages, type Language } from '../language-list';
import { qualificationCode } from '../members/members.messages';
import { id, instant, line, listOf, localDay, page, version } from '../primitives';
import { qualificationStatuses } from '../members/qualification-lists';

const names = z.strictObject(
  Object.fromEntries(languages.map((language) => [language, line(40).optional()])) as Record<
    Language,
    z.ZodOptional<ReturnType<typeof line>>
  >,
);

export const qualificationKindInput = z.strictObject({
  /** Of what stands there as it was read; 0, or left out, says that nothing does yet. */
  version: z.int().min(0).max(2_147_483_647).optional(),
  names: names.extend({ 'zh-Hans': line(40) }),
  /** Good for so many months, and with `toYearEnd` on to the end of the year in which they are over. */
  validityMonths: z.int().min(0).max(600),
  toYearEnd: z.boolean().optional(),
  /** So many days after its end it can be renewed; null, or left out: as the bank's policy says. */
  reactivateWithinDays: z.int().min(0).max(3_650).nullish(),
  /** To be learnt before it is renewed; null, or left out: any refresher will do. */
  refresherMinutes: z.int().min(1).max(60_000).nullish(),
  /** Who has this one has these too, and no others by way of them. */
  includes: z.array(qualificationCode).max(20).optional(),
});
export const qualificationKind = z.object({
  code: z.string(),
  names: z.object(
    Object.fromEntries(languages.map((language) => [language, z.string().optional()])) as Record<Language, z.ZodOptional<z.ZodString>>,
  ),
  validityMonths: z.int(),
  toYearEnd: z.boolean(),
  reactivateWithinDays: z.int().nullable(),
  refresherMinutes: z.int().nullable(),
  includes: z.array(z.string()),
  version,
});
export const qualificationKinds = listOf(qualificationKind);

export const qualifiedQuery = z
  .strictObject({ ...page, code: qualificationCode, from: localDay, to: localDay })
  .refine(({ from, to }) => from <= to, 'wrong_order');
/** Who has a qualification that ends between two days, and through which. */
export const qualified = listOf(
  z.object({ memberId: id, memberNumber: z.string(), name: z.string(), validUntil: localDay, status: z.enum(qualificationStatuses) }),
);

export const extensionInput = z.strictObject({
  code: qualificationCode,
  /** Those whose last day is one of these. */
  from: localDay,
  to: localDay,
  /** Their last day from now on. */
  validUntil: localDay,
  note: line(200),
});
export const extension = z.object({
  extensionId: id,
  code: z.string(),
  from: localDay,
  to: localDay,
  validUntil: localDay,
  note: z.string(),
  /** How many last longer by it. */
  members: z.int(),
  extendedAt: instant,
  extendedByName: z.string().nullable(),
  undoneAt: instant.nullable(),
});
export const extensionQuery = z.strictObject({ ...page, memberId: id.optional() });
export const extensions = listOf(extension);

export const mentor = z.object({ memberId: id, name: z.string() });
export const mentors = listOf(mentor);

/** What I have, with what it includes; how far the refresher hours are. */
export const ownQualifications = z.object({
  items: z.array(
    z.object({
      code: z.string(),
      names: qualificationKind.shape.names,
      status: z.enum(qualificationStatuses),
      /** Its last day; of an exemption the exemption's. */
      until: localDay,
      /** What must be learnt before it is renewed, and what has been; null where any refresher will do. */
      refresherMinutes: z.int().nullable(),
      learntMinutes: z.int(),
      includes: z.array(qualificationKind.shape.names),
    }),
  ),
});

export type QualificationKind = z.infer<typeof qualificationKind>;
export type QualificationKindInput = z.infer<typeof qualificationKindInput>;
export type Extension = z.infer<typeof extension>;
export type ExtensionInput = z.infer<typeof extensionInput>;
export type Mentor = z.infer<typeof mentor>;
export type OwnQualifications = z.infer<typeof ownQualifications>;
