import { onwardIdOf } from '@timebank/banks';

/** A leg on a clearing account. `isOverflow`: part of another leg, which it follows. */
export type ClearingLeg = { transferId: string; recordedAt: Date; isOverflow: boolean };

/**
 * When the oldest leg was recorded that has no counterpart in the other bank. Of two legs that belong together the id of the
 * second derives from the first, whichever bank began.
 */
export function oldestInFlight(legs: readonly ClearingLeg[], others: readonly ClearingLeg[]): Date | null {
  const [ids, otherIds] = [legs, others].map((side) => new Set(side.map((leg) => leg.transferId))) as [Set<string>, Set<string>];
  const waiting = (side: readonly ClearingLeg[], there: ReadonlySet<string>) => {
    const answered = new Set([...there].map(onwardIdOf));
    return side.filter(({ transferId, isOverflow }) => !isOverflow && !there.has(onwardIdOf(transferId)) && !answered.has(transferId));
  };
  const times = [...waiting(legs, otherIds), ...waiting(others, ids)].map((leg) => leg.recordedAt.getTime());
  return times.length === 0 ? null : new Date(Math.min(...times));
}

/** How much of a credit line is used, of a hundred; a line of nothing is used up. */
export function usedPercent(positionMinutes: number, creditLineMinutes: number): number {
  const used = Math.max(0, -positionMinutes);
  if (creditLineMinutes <= 0) return used > 0 ? 100 : 0;
  return Math.round((used / creditLineMinutes) * 100);
}
