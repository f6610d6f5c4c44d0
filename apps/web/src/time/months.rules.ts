import type { Entry } from '@timebank/contract/client';
import { localDate, type Zone } from '@timebank/kernel';

type Line = Pick<Entry, 'at' | 'kind' | 'minutes'>;
/** `saved`: minutes that services brought in; null while the month may go on on the next page. */
export type Month<Of extends Line> = { month: string; entries: Of[]; saved: number | null };

const savedIn = (entries: readonly Line[]) =>
  entries.filter(({ kind, minutes }) => kind === 'service' && minutes > 0).reduce((sum, { minutes }) => sum + minutes, 0);

/** Entries by the local month in which they were recorded, the newest first as they come. */
export function byMonth<Of extends Line>(entries: readonly Of[], zone: Zone, goesOn: boolean): Month<Of>[] {
  const months = new Map<string, Of[]>();
  for (const entry of entries) {
    const month = localDate(new Date(entry.at), zone).slice(0, 7);
    months.set(month, [...(months.get(month) ?? []), entry]);
  }
  return [...months].map(([month, those], place) => ({
    month,
    entries: those,
    saved: goesOn && place === months.size - 1 ? null : savedIn(those),
  }));
}
