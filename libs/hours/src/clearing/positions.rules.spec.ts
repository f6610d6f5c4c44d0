import { describe, expect, it } from '@jest/globals';
import { onwardIdOf } from '@timebank/banks';
import { newId } from '@timebank/kernel';
import { type ClearingLeg, oldestInFlight, usedPercent } from './positions.rules';

const leg = (transferId: string, minute: number, isOverflow = false): ClearingLeg => ({
  transferId,
  recordedAt: new Date(Date.UTC(2026, 2, 2, 1, minute)),
  isOverflow,
});

describe('minutes under way between two banks', () => {
  it('are none while every leg has its counterpart, whichever bank began', () => {
    const [one, other] = [newId(), newId()];
    expect(oldestInFlight([leg(one, 1), leg(onwardIdOf(other), 2)], [leg(onwardIdOf(one), 1), leg(other, 2)])).toBeNull();
  });

  it('are as old as the oldest leg without one, on either side', () => {
    const [paired, here, there] = [newId(), newId(), newId()];
    const legs = [leg(paired, 1), leg(here, 9)];
    const others = [leg(onwardIdOf(paired), 1), leg(there, 5)];
    expect(oldestInFlight(legs, others)).toEqual(leg(there, 5).recordedAt);
    expect(oldestInFlight(others, legs)).toEqual(leg(there, 5).recordedAt);
    expect(oldestInFlight(legs, [])).toEqual(leg(paired, 1).recordedAt);
  });

  it('do not count what a cap sent on, which belongs to the leg before it', () => {
    const first = newId();
    expect(oldestInFlight([leg(first, 1)], [leg(onwardIdOf(first), 1), leg(newId(), 1, true)])).toBeNull();
    expect(oldestInFlight([leg(first, 1)], [leg(onwardIdOf(first), 1, true)])).toBeNull();
  });
});

describe('how much of a line is used', () => {
  it.each([
    [0, 6_000, 0],
    [500, 6_000, 0],
    [-3_000, 6_000, 50],
    [-6_000, 6_000, 100],
    [0, 0, 0],
    [-1, 0, 100],
  ])('a position of %i on a line of %i is %i %%', (position, line, used) => {
    expect(usedPercent(position, line)).toBe(used);
  });
});
