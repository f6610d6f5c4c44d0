import type { Needs, NeedsInput } from '@timebank/contract/client';

export const needsFields = ['door', 'hearing', 'pets', 'allergy', 'emergencyName', 'emergencyPhone'] as const;
export type NeedsField = (typeof needsFields)[number];
/** What a form holds: text, empty where nothing is said. */
export type TypedNeeds = Record<NeedsField, string>;

export const typedOf = (said: Pick<Needs, NeedsField>): TypedNeeds =>
  Object.fromEntries(needsFields.map((field) => [field, said[field] ?? ''])) as TypedNeeds;

export const sentOf = (typed: TypedNeeds, version: number): NeedsInput => ({
  ...(version > 0 && { version }),
  ...Object.fromEntries(needsFields.map((field) => [field, typed[field].trim() || null])),
});
