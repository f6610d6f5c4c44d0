/** Whether nobody is to be rung at an hour of the local clock. Hours may go past midnight; the same hour twice is no quiet at all. */
export function isQuietHour(
  hour: number,
  { quietFromHour: from, quietUntilHour: until }: { quietFromHour: number; quietUntilHour: number },
): boolean {
  return from <= until ? hour >= from && hour < until : hour >= from || hour < until;
}
