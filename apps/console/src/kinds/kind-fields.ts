import type { ServiceKind } from '@timebank/contract/client';

type Need = { code: string; from: string; until: string };

/** A kind of service as its form holds it: all that can be typed is text. */
export function fieldsOf(kind: ServiceKind | null, place: number) {
  return {
    names: { ...kind?.names } as Record<string, string>,
    risks: { ...kind?.riskText } as Record<string, string>,
    kindClass: kind?.class ?? ('daily_living' as ServiceKind['class']),
    riskLevel: kind?.riskLevel ?? ('low' as ServiceKind['riskLevel']),
    needs: (kind?.requiredQualifications ?? []).map(({ code, from, until }): Need => ({ code, from, until: until ?? '' })),
    usualMinutes: String(kind?.usualMinutes ?? 60),
    helpers: String(kind?.helpersNeeded ?? 1),
    furtherPaidBy: kind?.furtherHelpersPaidBy ?? ('client' as ServiceKind['furtherHelpersPaidBy']),
    isOpen: kind?.openToVolunteers ?? true,
    isOffered: kind?.isOffered ?? true,
    position: String(kind?.position ?? place),
  };
}

/** Without what was left empty. */
export const written = (words: Record<string, string>) =>
  Object.fromEntries(
    Object.entries(words)
      .map(([language, text]) => [language, text.trim()])
      .filter(([, text]) => text !== ''),
  );

/** What the form sends: the whole kind, without what was left empty. */
export function bodyOf(fields: ReturnType<typeof fieldsOf>) {
  return {
    names: written(fields.names) as { 'zh-Hans': string },
    riskText: written(fields.risks),
    class: fields.kindClass,
    riskLevel: fields.riskLevel,
    requiredQualifications: fields.needs.map(({ code, from, until }) => ({ code, from, until: until || null })),
    usualMinutes: Number(fields.usualMinutes),
    helpersNeeded: Number(fields.helpers),
    furtherHelpersPaidBy: fields.furtherPaidBy,
    openToVolunteers: fields.isOpen,
    isOffered: fields.isOffered,
    position: Number(fields.position),
  };
}
