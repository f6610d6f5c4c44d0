import { languages, refuse, type Language, type ServiceKindInput } from '@timebank/contract';

/** The days from which and through which a kind needs a qualification; null is for good. */
export type NeededQualification = { code: string; from: string; until: string | null };
type InLanguages = { [In in Language]?: string | undefined };
export type KindWords = { language: Language; name: string | null; riskText: string | null };

/** Refuses `service_kinds/stale` for a writer who has not seen what stands there: 0, or no version, is of nothing. */
export function checkVersion(read = 0, standing = 0): void {
  if (read !== standing) throw refuse('service_kinds/stale', { version: standing }, 'body.version');
}

/** What is needed, in order. Refuses a last day before the first, and one qualification twice for a day. */
export function neededOf(input: ServiceKindInput): NeededQualification[] {
  const needed = (input.requiredQualifications ?? [])
    .map(({ code, from, until }) => ({ code, from, until: until ?? null }))
    .sort((one, other) => (one.code + one.from < other.code + other.from ? -1 : 1));
  for (const [index, { code, from, until }] of needed.entries()) {
    if (until !== null && until < from) throw refuse('service_kinds/wrong_order', { from, until }, 'body.requiredQualifications');
    const next = needed[index + 1];
    if (next?.code === code && (until === null || next.from <= until))
      throw refuse('service_kinds/qualification_twice', { qualification: code, day: next.from }, 'body.requiredQualifications');
  }
  return needed;
}

/** What is said of a kind, by language; a language of which nothing is said has no words. */
export function wordsOf({ names, riskText = {} }: { names: InLanguages; riskText?: InLanguages | undefined }): KindWords[] {
  return languages
    .map((language) => ({ language, name: names[language] ?? null, riskText: riskText[language] ?? null }))
    .filter(({ name, riskText: risk }) => name !== null || risk !== null);
}
