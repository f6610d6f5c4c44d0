/** The choices for a rule's value; every other rule is a whole number. */
const choices: Record<string, readonly (string | number | boolean)[]> = {
  roundingMinutes: [1, 5, 10, 15, 30, 60],
  roundingMode: ['floor', 'half_up'],
  overflowTo: ['pool', 'honour'],
  secondSignal: ['info', 'high_risk', 'yellow'],
  callBackBeforeCredit: [true, false],
  autoApprove: [true, false],
  interchange: [true, false],
};
const mayBeOpen = new Set(['issueLimitMinutes']);

export type ValueField = { kind: 'choice'; options: readonly (string | number | boolean)[] } | { kind: 'number'; optional: boolean };

/** How a rule's value is entered. */
export function fieldOf(key: string): ValueField {
  const options = choices[key];
  return options ? { kind: 'choice', options } : { kind: 'number', optional: mayBeOpen.has(key) };
}

/** The typed or chosen value of the rule: empty means “no limit” where a rule allows that. */
export function valueOf(key: string, typed: string): string | number | boolean | null {
  const field = fieldOf(key);
  if (field.kind === 'number' && field.optional && typed.trim() === '') return null;
  if (field.kind === 'choice' && typeof field.options[0] === 'string') return typed;
  return field.kind === 'choice' && typeof field.options[0] === 'boolean' ? typed === 'true' : Number(typed);
}

type Row = { policyId: string; bankId: string | null; key: string; validFrom: string; recordedAt: string };

/** The row that decides a rule on a day: the bank's own before the city's, then the latest start, then the latest recorded. */
export function rowInForce<Found extends Row>(rows: readonly Found[], key: string, day: string): Found | null {
  const begun = rows.filter((row) => row.key === key && row.validFrom <= day);
  const own = begun.filter((row) => row.bankId !== null);
  const sorted = [...(own.length > 0 ? own : begun)].sort(
    (one, other) => other.validFrom.localeCompare(one.validFrom) || Date.parse(other.recordedAt) - Date.parse(one.recordedAt),
  );
  return sorted[0] ?? null;
}
