/** A row for what one hand may grant, of the bank or of the city (`bankId` null), from a local day on. Of two that begin on one day the later one counts. */
export type LimitRow = { policyId: string; bankId: string | null; validFrom: string; value: number; policyNumber: number };

/** What one hand may grant on a day: a row of the bank that has begun before any of the city, the latest of them, else what is usual. */
export function limitOn(rows: readonly LimitRow[], day: string, usual: number): number {
  const begun = rows.filter(({ validFrom }) => validFrom <= day);
  const own = begun.filter(({ bankId }) => bankId !== null);
  const [last] = (own.length > 0 ? own : begun).toSorted(
    (one, other) => other.validFrom.localeCompare(one.validFrom) || other.policyNumber - one.policyNumber,
  );
  return last?.value ?? usual;
}

/** Whether one hand may grant more on `from` or on any later day. Between two days on which a row begins nothing changes. */
export function isRaised(before: readonly LimitRow[], after: readonly LimitRow[], from: string, usual: number): boolean {
  const days = [from, ...[...before, ...after].map(({ validFrom }) => validFrom).filter((day) => day > from)];
  return days.some((day) => limitOn(after, day, usual) > limitOn(before, day, usual));
}
