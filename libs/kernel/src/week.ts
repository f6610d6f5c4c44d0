const dayMs = 86_400_000;
const at = (day: string) => Date.parse(`${day}T00:00:00Z`);

/** The calendar day so many days on, or back. */
export const dayOn = (day: string, days: number): string => new Date(at(day) + days * dayMs).toISOString().slice(0, 10);

/** The Monday of the week that a calendar day is in. */
export const mondayOf = (day: string): string => dayOn(day, -((new Date(at(day)).getUTCDay() + 6) % 7));
