import type { StatementTotals } from '@timebank/contract';
import type { DrawnEntry } from './statement-entry.rules';

const noTotals: StatementTotals = {
  inMinutes: 0,
  outMinutes: 0,
  verifiedInMinutes: 0,
  verifiedOutMinutes: 0,
  manualInMinutes: 0,
  manualOutMinutes: 0,
};

/** A statement's sums so far: its totals, and how many of its entries a checkpoint seals. */
export type StatementSum = { totals: StatementTotals; entries: number; sealed: number };
export const emptySum: StatementSum = { totals: noTotals, entries: 0, sealed: 0 };

type CountedEntry = Pick<DrawnEntry, 'minutes' | 'class' | 'isSealed'>;

function totalsWith(totals: StatementTotals, { minutes, class: entryClass }: CountedEntry): StatementTotals {
  const side = minutes > 0 ? 'InMinutes' : 'OutMinutes';
  const all = minutes > 0 ? 'inMinutes' : 'outMinutes';
  const next = { ...totals, [all]: totals[all] + Math.abs(minutes) };
  if (entryClass === null) return next;
  return { ...next, [`${entryClass}${side}`]: totals[`${entryClass}${side}` as const] + Math.abs(minutes) };
}

/** The sum with one entry more. Nothing is netted: opening + in - out = closing, and a reversal counts on the side it went to. */
export function withEntry({ totals, entries, sealed }: StatementSum, entry: CountedEntry): StatementSum {
  return { totals: totalsWith(totals, entry), entries: entries + 1, sealed: sealed + Number(entry.isSealed) };
}
