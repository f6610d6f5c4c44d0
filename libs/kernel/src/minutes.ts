/** Whole hours and the rest, for display: 760 → { hours: 12, minutes: 40 }. Negative minutes keep their sign on both parts. */
export function splitMinutes(minutes: number): { hours: number; minutes: number } {
  const hours = Math.trunc(minutes / 60);
  return { hours, minutes: minutes - hours * 60 };
}

/** How a captured time becomes whole units of time (policy `rounding`). */
export type Rounding = { unitMinutes: 1 | 5 | 10 | 15 | 30 | 60; mode: 'floor' | 'half_up' };

/** Whole minutes between two instants, rounded by policy. Seconds that do not fill a minute are dropped first. */
export function minutesBetween(from: Date, to: Date, rounding: Rounding = { unitMinutes: 1, mode: 'floor' }): number {
  const minutes = Math.max(0, Math.floor((to.getTime() - from.getTime()) / 60_000));
  const units = minutes / rounding.unitMinutes;
  return (rounding.mode === 'floor' ? Math.floor(units) : Math.floor(units + 0.5)) * rounding.unitMinutes;
}
