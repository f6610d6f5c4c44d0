import { describe, expect, it } from '@jest/globals';
import { reminderDue } from './scan-out-reminders.rules';

const plannedEnd = new Date('2026-03-02T02:00:00Z');
const policy = { remindAfterMinutes: 15, remindAgainAfterMinutes: 60 };
const due = (minutes: number, told: number, by = policy) =>
  reminderDue({ plannedEnd, capturedIn: null, scanOutReminders: told }, new Date(plannedEnd.getTime() + minutes * 60_000), by);

describe('a reminder of the scan-out', () => {
  it('is due a quarter of an hour after the plan, and once more after an hour', () => {
    expect([due(14.9, 0), due(15, 0), due(59, 1), due(60, 1), due(61, 2)]).toEqual([null, 1, null, 2, null]);
  });

  it('C10: is counted from a scan-in that came after the planned end', () => {
    const visit = { plannedEnd, capturedIn: new Date(plannedEnd.getTime() + 3_600_000), scanOutReminders: 0 };
    const at = (minutes: number) => reminderDue(visit, new Date(plannedEnd.getTime() + minutes * 60_000), policy);
    expect([at(60), at(74), at(75), at(120)]).toEqual([null, null, 1, 2]);
  });

  it('is the last one only for whoever comes late', () => {
    expect(due(90, 0)).toBe(2);
  });

  it('follows the policy, also one that reminds twice at once', () => {
    expect(due(5, 0, { remindAfterMinutes: 5, remindAgainAfterMinutes: 5 })).toBe(2);
    expect(due(14, 0, { remindAfterMinutes: 5, remindAgainAfterMinutes: 60 })).toBe(1);
  });
});
