import { z } from 'zod';
import { languages, type Language } from '../language-list';
import { qualificationCode } from '../members/members.messages';
import { furtherPayers, kindClasses, riskLevels } from './kind-lists';
import { line, listOf, localDay, text, version } from '../primitives';

export const kindCode = z.string().regex(/^[a-z0-9_]{2,40}$/);
const place = z.int().min(1).max(10_000);
/** Of a request: each helper is a visit of their own. */
export const helpersNeeded = z.int().min(1).max(20);
const usualMinutes = z.int().min(1).max(1_440);
/** Of what stands there as it was read; 0, or left out, says that nothing does yet. */
const readVersion = z.int().min(0).max(2_147_483_647).optional();

function inLanguages<Word extends z.ZodType>(word: Word) {
  const each = Object.fromEntries(languages.map((language) => [language, word.optional()]));
  return z.strictObject(each as Record<Language, z.ZodOptional<Word>>);
}

/** What whoever helps must have, through its last day; without one for good. */
const neededQualification = z.strictObject({ code: qualificationCode, from: localDay, until: localDay.nullish() });

export const serviceKindInput = z.strictObject({
  version: readVersion,
  names: inLanguages(line(40)).extend({ 'zh-Hans': line(40) }),
  riskText: inLanguages(text(1_000)).optional(),
  class: z.enum(kindClasses),
  riskLevel: z.enum(riskLevels),
  requiredQualifications: z.array(neededQualification).max(20).optional(),
  usualMinutes,
  helpersNeeded: helpersNeeded.optional(),
  furtherHelpersPaidBy: z.enum(furtherPayers).optional(),
  openToVolunteers: z.boolean().optional(),
  isOffered: z.boolean().optional(),
  position: place,
});

const serviceKind = z.object({
  code: z.string(),
  /** The Chinese one. */
  name: z.string(),
  riskLevel: z.enum(riskLevels),
  /** The first of those that are needed today. */
  requiredQualification: z.string().nullable(),
  usualMinutes: z.int(),
  names: inLanguages(z.string()),
  riskText: inLanguages(z.string()),
  /** Which wording that is, in all languages together; null where nothing is said. */
  riskVersion: z.string().nullable(),
  class: z.enum(kindClasses),
  requiredQualifications: z.array(z.object({ code: z.string(), from: localDay, until: localDay.nullable() })),
  helpersNeeded: z.int(),
  /** The client pays for the first helper of a request. */
  furtherHelpersPaidBy: z.enum(furtherPayers),
  openToVolunteers: z.boolean(),
  /** Where not, nobody can ask for it any more; what was asked for stays. */
  isOffered: z.boolean(),
  position: z.int(),
  version,
});
export const serviceKinds = listOf(serviceKind);
export { serviceKind };

export const bankKindInput = z.strictObject({
  /** Of `own`. */
  version: readVersion,
  isOffered: z.boolean(),
  /** Null: as the city has it. */
  usualMinutes: usualMinutes.nullish(),
  position: place.nullish(),
});

/** A kind as a bank has it. What the bank changed stands in `own`, null where it has left all to the city. */
export const bankKind = serviceKind.extend({
  own: z.object({ isOffered: z.boolean(), usualMinutes: z.int().nullable(), position: z.int().nullable(), version }).nullable(),
});
export const bankKinds = listOf(bankKind);

export type ServiceKind = z.infer<typeof serviceKind>;
export type ServiceKindInput = z.infer<typeof serviceKindInput>;
export type BankKind = z.infer<typeof bankKind>;
export type BankKindInput = z.infer<typeof bankKindInput>;
