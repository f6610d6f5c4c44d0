import { localDate } from '@timebank/kernel';
import type { VisitShown } from './local-visits';

export const byStart = (one: VisitShown, other: VisitShown) => one.plannedStart.localeCompare(other.plannedStart);

/** Visits by the month of their start at the bank, the newest first. */
export function byMonth<Shown extends VisitShown>(
  visits: readonly Shown[],
  timeZone: Parameters<typeof localDate>[1],
): { month: string; visits: Shown[] }[] {
  const months = new Map<string, Shown[]>();
  for (const visit of visits.toSorted((one, other) => byStart(other, one))) {
    const month = localDate(new Date(visit.plannedStart), timeZone).slice(0, 7);
    months.set(month, [...(months.get(month) ?? []), visit]);
  }
  return [...months].map(([month, those]) => ({ month, visits: those }));
}
