/** A member's share of a run before it is posted. `roomMinutes` null: no ceiling. */
type Asker = { roomMinutes: number | null };
export type Share<Row> = { row: Row; poolMinutes: number; fundMinutes: number };

/** How much of the month's minutes fits under a member's ceiling. The rest is not granted; it stays for others. */
export function takenOf(minutesEach: number, roomMinutes: number | null): number {
  return roomMinutes === null ? minutesEach : Math.max(0, Math.min(minutesEach, roomMinutes));
}

/** Donated minutes go first, member by member in order; the fund gives the rest. Source: Nanjing 2019. */
export function shareOut<Row extends Asker>(rows: readonly Row[], minutesEach: number, poolFreeMinutes: number): Share<Row>[] {
  let left = Math.max(0, poolFreeMinutes);
  return rows.map((row) => {
    const taken = takenOf(minutesEach, row.roomMinutes);
    const poolMinutes = Math.min(taken, left);
    left -= poolMinutes;
    return { row, poolMinutes, fundMinutes: taken - poolMinutes };
  });
}

/** Where a whole run's minutes come from: the pool, the fund, what may still be issued; the rest is missing. */
export function sourcesOf(
  grantMinutes: number,
  free: { poolMinutes: number; fundMinutes: number; issueRoomMinutes: number | null },
): { poolMinutes: number; fundMinutes: number; issuedMinutes: number; lackingMinutes: number } {
  const poolMinutes = Math.min(grantMinutes, free.poolMinutes);
  const fundMinutes = Math.min(grantMinutes - poolMinutes, free.fundMinutes);
  const rest = grantMinutes - poolMinutes - fundMinutes;
  const issuedMinutes = free.issueRoomMinutes === null ? rest : Math.min(rest, Math.max(0, free.issueRoomMinutes));
  return { poolMinutes, fundMinutes, issuedMinutes, lackingMinutes: rest - issuedMinutes };
}

/** What became of a member, from what pool and fund gave. */
export function outcomeOf(minutesEach: number, grantedMinutes: number): 'granted' | 'partly' | 'refused' {
  if (grantedMinutes === 0) return 'refused';
  return grantedMinutes < minutesEach ? 'partly' : 'granted';
}
