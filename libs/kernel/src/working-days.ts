/** The calendar day so many working days, Monday to Friday, after a day (`2026-03-02`). */
export function workingDaysAfter(day: string, workingDays: number): string {
  const date = new Date(`${day}T00:00:00Z`);
  for (let left = workingDays; left > 0;) {
    date.setUTCDate(date.getUTCDate() + 1);
    const weekday = date.getUTCDay();
    if (weekday !== 0 && weekday !== 6) left -= 1;
  }
  return date.toISOString().slice(0, 10);
}
