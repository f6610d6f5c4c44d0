/** The last calendar day on which a service of `day` may be recorded: working days after it, Monday to Friday (MCA Order 67 (2020), article 11). */
export function recordingDeadline(day: string, workingDays: number): string {
  const date = new Date(`${day}T00:00:00Z`);
  for (let left = workingDays; left > 0;) {
    date.setUTCDate(date.getUTCDate() + 1);
    const weekday = date.getUTCDay();
    if (weekday !== 0 && weekday !== 6) left -= 1;
  }
  return date.toISOString().slice(0, 10);
}
