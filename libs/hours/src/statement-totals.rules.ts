import type { StatementTotals } from '@timebank/contract';
import type { LedgerEntry } from '@timebank/ledger';

export const noTotals: StatementTotals = {
  inMinutes: 0,
  outMinutes: 0,
  verifiedInMinutes: 0,
  verifiedOutMinutes: 0,
  manualInMinutes: 0,
  manualOutMinutes: 0,
};

/** Totals with one entry more. Nothing is netted: opening + in - out = closing, and a reversal counts on the side it went to. */
export function withEntry(
  totals: StatementTotals,
  { minutes, class: entryClass }: Pick<LedgerEntry, 'minutes' | 'class'>,
): StatementTotals {
  const side = minutes > 0 ? 'InMinutes' : 'OutMinutes';
  const all = minutes > 0 ? 'inMinutes' : 'outMinutes';
  const next = { ...totals, [all]: totals[all] + Math.abs(minutes) };
  if (entryClass === null) return next;
  return { ...next, [`${entryClass}${side}`]: totals[`${entryClass}${side}` as const] + Math.abs(minutes) };
}
