import { describe, expect, it } from '@jest/globals';
import { dayRange, type DatedZone, instantOf, localDate, localMinute, localMonth, monthRange, zoneAt } from './zone';

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

describe('a zone that changes from a day on', () => {
  const from = (first: string, later: string): DatedZone[] => [
    { timeZone: first, beginsAt: null },
    { timeZone: later, beginsAt: instantOf('2026-12-01', '00:00', later).toISOString() },
  ];
  const hours = Array.from({ length: 24 * 6 }, (_, hour) => new Date(Date.UTC(2026, 10, 28) + hour * 3_600_000));

  it.each([
    ['Asia/Shanghai', 'Asia/Tokyo', 23],
    ['Asia/Shanghai', 'Asia/Urumqi', 24],
    ['Asia/Shanghai', 'America/New_York', 24],
    ['America/New_York', 'Asia/Shanghai', 11],
  ])('A5: %s to %s leaves every instant in one day, days in order, and the old days as they were', (first, later, lastDayHours) => {
    const zone = from(first, later);
    for (const instant of hours) {
      const day = localDate(instant, zone);
      const range = dayRange(day, zone);
      expect([day, range.from <= instant && instant < range.to]).toEqual([day, true]);
    }
    expect(hours.map((instant) => localDate(instant, zone))).toEqual(hours.map((instant) => localDate(instant, zone)).sort());
    expect(dayRange('2026-11-29', zone)).toEqual(dayRange('2026-11-29', first));
    expect(dayRange('2026-12-02', zone)).toEqual(dayRange('2026-12-02', later));
    const lastDay = dayRange('2026-11-30', zone);
    expect([(lastDay.to.getTime() - lastDay.from.getTime()) / 3_600_000, dayRange('2026-12-01', zone).from]).toEqual([
      lastDayHours,
      lastDay.to,
    ]);
  });

  it('A5: shows clocks by the zone of the day, and skipped times later', () => {
    const zone = from('Asia/Shanghai', 'Asia/Tokyo');
    expect([zoneAt(zone, new Date('2026-11-30T14:59:59Z')), zoneAt(zone, new Date('2026-11-30T15:00:00Z'))]).toEqual([
      'Asia/Shanghai',
      'Asia/Tokyo',
    ]);
    expect(localMinute(new Date('2026-11-30T14:59:00Z'), zone)).toBe('2026-11-30 22:59');
    expect(localMinute(new Date('2026-11-30T15:00:00Z'), zone)).toBe('2026-12-01 00:00');
    expect(instantOf('2026-11-30', '23:30', zone).toISOString()).toBe('2026-11-30T15:00:00.000Z');
    expect(monthRange('2026-11', zone).to.toISOString()).toBe('2026-11-30T15:00:00.000Z');
    expect(zoneAt('Asia/Shanghai', new Date())).toBe('Asia/Shanghai');
  });
});
