import { describe, expect, it } from '@jest/globals';
import { arrivalDue } from './arrivals.rules';

const at = (minutes: number) => new Date(Date.UTC(2026, 2, 2, 9) + minutes * 60_000);
const due = (minutes: number, createdAt = at(-600)) =>
  arrivalDue({ plannedStart: at(0), createdAt }, at(minutes), { arrivalAskMinutes: 15 });

describe('the question where a helper is', () => {
  it('is due from so many minutes after the start until four hours after it', () => {
    expect([14, 15, 60, 239, 240].map((minutes) => due(minutes))).toEqual([false, true, true, true, false]);
  });

  it('gives the same minutes to whoever was given the visit after its start', () => {
    expect([29, 34, 35].map((minutes) => due(minutes, at(20)))).toEqual([false, false, true]);
  });
});
