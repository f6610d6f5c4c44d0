import { describe, expect, it } from '@jest/globals';
import { eveningSince } from './evening.rules';

const policy = { eveningReminderHour: 18, quietFromHour: 21, quietUntilHour: 8 };
const at = (time: string) => new Date(`2026-03-02T${time}:00+08:00`);
const since = (time: string, more: Partial<typeof policy> = {}) => eveningSince(at(time), { ...policy, ...more }, 'Asia/Shanghai');

describe('the evening before', () => {
  it('begins at the hour of the bank and ends with its quiet', () => {
    expect(['17:59', '18:00', '20:59', '21:00'].map((time) => since(time))).toEqual([null, at('18:00'), at('18:00'), null]);
  });

  it('comes before the quiet where its hour is a quiet one', () => {
    expect(['19:59', '20:00', '22:30'].map((time) => since(time, { eveningReminderHour: 22 }))).toEqual([null, at('20:00'), null]);
  });

  it('comes nowhere where the bank reminds nobody', () => {
    expect(eveningSince(at('19:00'), { ...policy, eveningReminderHour: null }, 'Asia/Shanghai')).toBeNull();
  });
});
