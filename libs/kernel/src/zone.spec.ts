import { describe, expect, it } from '@jest/globals';
import { dayRange, instantOf, localDate, localMinute, localMonth, monthRange } from './zone';

/** What Intl itself shows, without anything remembered. */
function shown(instant: Date, timeZone: string): string {
  const options = { timeZone, dateStyle: 'short', timeStyle: 'short', hourCycle: 'h23' } as const;
  return new Intl.DateTimeFormat('sv-SE', options).format(instant);
}

const zones = ['Asia/Shanghai', 'America/New_York', 'Australia/Lord_Howe', 'Asia/Kathmandu', 'Africa/Casablanca', 'UTC'];

describe('wall clocks', () => {
  it.each(zones)('show in %s what Intl shows, minute by minute around every change of the clocks', (timeZone) => {
    for (let day = Date.UTC(1986, 3, 1); day < Date.UTC(1987, 3, 1); day += 86_400_000) {
      for (const minutes of [0, 1, 14, 15, 59, 419, 420, 899, 900, 929, 930, 1_439]) {
        const instant = new Date(day + minutes * 60_000);
        expect(localMinute(instant, timeZone)).toBe(shown(instant, timeZone));
      }
    }
  });

  it('stand where they stood before zones were kept to the quarter of an hour', () => {
    expect(localMinute(new Date('1900-06-01T00:00:00Z'), 'Asia/Shanghai')).toBe('1900-06-01 08:05');
    expect(localMinute(new Date('1969-12-31T23:59:59.999Z'), 'UTC')).toBe('1969-12-31 23:59');
  });

  it('know the day and the month at the last millisecond', () => {
    expect(localDate(new Date('2026-11-30T15:59:59.999Z'), 'Asia/Shanghai')).toBe('2026-11-30');
    expect(localDate(new Date('2026-11-30T16:00:00.000Z'), 'Asia/Shanghai')).toBe('2026-12-01');
    expect(localMonth(new Date('2026-11-30T16:00:00.000Z'), 'Asia/Shanghai')).toBe('2026-12');
  });

  it('lead back to the instant, past an hour that is skipped', () => {
    expect(instantOf('2026-11-23', '09:00', 'Asia/Shanghai')).toEqual(new Date('2026-11-23T01:00:00Z'));
    expect(instantOf('2026-03-08', '02:30', 'America/New_York')).toEqual(new Date('2026-03-08T07:30:00Z'));
    expect(monthRange('2026-12', 'Asia/Shanghai')).toEqual({
      from: new Date('2026-11-30T16:00:00Z'),
      to: new Date('2026-12-31T16:00:00Z'),
    });
    expect(dayRange('2026-03-08', 'America/New_York')).toEqual({
      from: new Date('2026-03-08T05:00:00Z'),
      to: new Date('2026-03-09T04:00:00Z'),
    });
  });

  it('show nothing for what is no instant', () => {
    expect(() => localDate(new Date(Number.NaN), 'UTC')).toThrow(RangeError);
  });
});
