import { describe, expect, it } from '@jest/globals';
import { readRule, type SeriesRule, weekdays, writeRule } from '@timebank/contract';
import { instantOf } from '@timebank/kernel';
import ICAL from 'ical.js';
import { addDays, datesOf, faultOfDates, firstDateOf, lastDateOf, nextToLay, plannedDays, type Terms } from './rule.rules';

const zones = ['Asia/Shanghai', 'Asia/Kathmandu', 'America/New_York'] as const;
const parsed = (text: string) => {
  const rule = readRule(text);
  if (typeof rule === 'string') throw new Error(`${text}: ${rule}`);
  return rule;
};
const dated = (text: string, startsOn = '2026-01-01', startTime = '09:00') => ({ rule: parsed(text), startsOn, startTime });

/** What an independent reader of RFC 5545 finds within two days, both included. It counts in floating time, which has no zones. */
function byIcal(text: string, startsOn: string, startTime: string, from: string, to: string): string[] {
  const iterator = ICAL.Recur.fromString(text).iterator(ICAL.Time.fromDateTimeString(`${startsOn}T${startTime}:00`));
  const found: string[] = [];
  for (let next = iterator.next(); next; next = iterator.next()) {
    const day = next.toString().slice(0, 10);
    if (day > to) break;
    if (day >= from) found.push(day);
  }
  return found;
}

/** A generator with a seed of its own, so that a rule that differs can be found again. */
function drawsFrom(seed: number): (below: number) => number {
  let state = seed;
  return (below) => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return Math.floor((state / 2 ** 32) * below);
  };
}

function drawRule(draw: (below: number) => number): string {
  const every = (['DAILY', 'WEEKLY', 'MONTHLY'] as const)[draw(3)] as SeriesRule['every'];
  const parts = [`FREQ=${every}`];
  if (draw(2)) parts.push(`INTERVAL=${1 + draw(every === 'DAILY' ? 9 : 5)}`);
  const some = (list: readonly string[]) => list.filter(() => draw(3) === 0);
  if (every === 'WEEKLY' && draw(4)) parts.push(`BYDAY=${some(weekdays).join(',') || 'TH'}`);
  if (every === 'MONTHLY') {
    const nth = () => `${['', '1', '2', '3', '4', '5', '-1', '-2'][1 + draw(7)]}${weekdays[draw(7)]}`;
    parts.push(draw(2) ? `BYDAY=${[...new Set([nth(), nth()])].join(',')}` : `BYMONTHDAY=${[1, 28, 29, 30, 31, -1, 15][draw(7)]}`);
  }
  const end = draw(4);
  if (end === 0) parts.push(`COUNT=${1 + draw(120)}`);
  if (end === 1) parts.push(`UNTIL=202${7 + draw(2)}0${1 + draw(9)}1${draw(10)}T235959`);
  return parts.join(';');
}

describe('the dates of a rule', () => {
  it.each(zones)('agree in %s with an independent reader over three years, for 240 drawn rules', (zone) => {
    const differing: unknown[] = [];
    for (let seed = 1; seed <= 240; seed += 1) {
      const draw = drawsFrom(seed * 7_919 + zones.indexOf(zone));
      const text = drawRule(draw);
      const startsOn = addDays('2026-01-01', draw(120));
      const startTime = ['00:00', '02:30', '09:00', '23:45'][draw(4)] as string;
      const ours = datesOf(dated(text, startsOn, startTime), '2026-01-01', '2028-12-31', zone);
      const theirs = byIcal(text, startsOn, startTime, '2026-01-01', '2028-12-31');
      if (JSON.stringify(ours) !== JSON.stringify(theirs))
        differing.push({ seed, text, startsOn, ours: ours.slice(0, 9), theirs: theirs.slice(0, 9) });
      // Asked for a part of it, as the rounds do, the same days come.
      const [from, to] = [addDays('2027-02-01', draw(300)), '2028-10-10'];
      const part = datesOf(dated(text, startsOn, startTime), from, to, zone);
      const same = ours.filter((day) => from <= day && day <= to);
      if (JSON.stringify(part) !== JSON.stringify(same))
        differing.push({ seed, text, startsOn, from, part: part.slice(0, 9), same: same.slice(0, 9) });
    }
    expect(differing).toEqual([]);
  });

  it('keep to the months of a rule, which the other reader does not when the first day is in another one', () => {
    for (const base of ['FREQ=DAILY', 'FREQ=WEEKLY;BYDAY=MO,TH', 'FREQ=MONTHLY;BYDAY=2TU,-1FR', 'FREQ=MONTHLY;BYMONTHDAY=31,-2']) {
      const all = datesOf(dated(base), '2026-01-01', '2028-12-31', 'UTC').filter((day) => ['03', '10'].includes(day.slice(5, 7)));
      expect(datesOf(dated(`${base};BYMONTH=3,10`), '2026-01-01', '2028-12-31', 'UTC')).toEqual(all);
    }
  });

  it('hit month ends, 29 February and weekdays that a month lacks', () => {
    expect(datesOf(dated('FREQ=MONTHLY;BYMONTHDAY=31'), '2026-01-01', '2026-06-30', 'UTC')).toEqual([
      '2026-01-31',
      '2026-03-31',
      '2026-05-31',
    ]);
    expect(datesOf(dated('FREQ=MONTHLY;BYMONTH=2;BYMONTHDAY=29'), '2026-01-01', '2032-12-31', 'UTC')).toEqual(['2028-02-29', '2032-02-29']);
    expect(datesOf(dated('FREQ=MONTHLY;BYDAY=5MO'), '2026-01-01', '2026-06-30', 'UTC')).toEqual(['2026-03-30', '2026-06-29']);
    expect(datesOf(dated('FREQ=MONTHLY', '2026-01-31'), '2026-01-01', '2026-04-30', 'UTC')).toEqual(['2026-01-31', '2026-03-31']);
  });

  it('count no first day that the rule does not match', () => {
    expect(datesOf(dated('FREQ=WEEKLY;BYDAY=TH;COUNT=2', '2026-01-02'), '2026-01-01', '2026-02-01', 'UTC')).toEqual([
      '2026-01-08',
      '2026-01-15',
    ]);
  });

  it('end with the day of UNTIL, or before the moment that it names', () => {
    const until = (text: string) => datesOf(dated(`FREQ=DAILY;UNTIL=${text}`), '2026-01-01', '2026-02-01', 'Asia/Shanghai').at(-1);
    expect(['20260105', '20260105T090000', '20260105T085959', '20260105T010000Z', '20260105T005959Z'].map(until)).toEqual([
      '2026-01-05',
      '2026-01-05',
      '2026-01-04',
      '2026-01-05',
      '2026-01-04',
    ]);
  });

  it('keep their hour through both changes of the clocks', () => {
    const hour = (day: string, time: string) => instantOf(day, time, 'America/New_York').toISOString();
    expect([hour('2026-03-07', '09:00'), hour('2026-03-09', '09:00')]).toEqual(['2026-03-07T14:00:00.000Z', '2026-03-09T13:00:00.000Z']);
    // Skipped: by the offset before. Twice: the first.
    expect([hour('2026-03-08', '02:30'), hour('2026-11-01', '01:30')]).toEqual(['2026-03-08T07:30:00.000Z', '2026-11-01T05:30:00.000Z']);
    expect(datesOf(dated('FREQ=DAILY', '2026-03-07', '00:00'), '2026-03-07', '2026-03-09', 'America/New_York')).toEqual([
      '2026-03-07',
      '2026-03-08',
      '2026-03-09',
    ]);
  });

  it('know their first and their last', () => {
    expect([
      firstDateOf(dated('FREQ=MONTHLY;BYMONTH=2;BYMONTHDAY=29')),
      firstDateOf(dated('FREQ=MONTHLY;BYMONTH=2;BYMONTHDAY=30')),
    ]).toEqual(['2028-02-29', null]);
    expect([lastDateOf(dated('FREQ=DAILY'), 'UTC'), lastDateOf(dated('FREQ=WEEKLY;BYDAY=MO,TH;COUNT=3'), 'UTC')]).toEqual([
      null,
      '2026-01-08',
    ]);
  });
});

describe('what cannot be a rule', () => {
  it.each([
    ['', 'series/rule_unreadable'],
    ['every Thursday', 'series/rule_unreadable'],
    ['FREQ=WEEKLY;FREQ=DAILY', 'series/rule_unreadable'],
    ['DTSTART=20260101;FREQ=DAILY', 'series/rule_unreadable'],
    ['FREQ=WEEKLY;BYDAY=2TH', 'series/rule_unreadable'],
    ['FREQ=WEEKLY;BYDAY=XX', 'series/rule_unreadable'],
    ['FREQ=MONTHLY;BYMONTHDAY=32', 'series/rule_unreadable'],
    ['FREQ=MONTHLY;BYMONTHDAY=0', 'series/rule_unreadable'],
    ['FREQ=DAILY;COUNT=0', 'series/rule_unreadable'],
    ['FREQ=DAILY;COUNT=5;UNTIL=20260201', 'series/rule_unreadable'],
    ['FREQ=DAILY;UNTIL=20260230', 'series/rule_unreadable'],
    [`FREQ=MONTHLY;BYMONTHDAY=${'1,'.repeat(400)}1`, 'series/rule_unreadable'],
    ['FREQ=YEARLY', 'series/rule_unsupported'],
    ['FREQ=MONTHLY;BYDAY=MO;BYSETPOS=1', 'series/rule_unsupported'],
    ['FREQ=HOURLY', 'series/too_often'],
    ['FREQ=SECONDLY;COUNT=2', 'series/too_often'],
    ['FREQ=DAILY;BYHOUR=9,10', 'series/too_often'],
    ['FREQ=DAILY;INTERVAL=0', 'series/interval_out_of_range'],
    ['FREQ=DAILY;INTERVAL=1000000000', 'series/interval_out_of_range'],
    ['FREQ=MONTHLY;INTERVAL=13', 'series/interval_out_of_range'],
    ['FREQ=DAILY;COUNT=1001', 'series/too_many_dates'],
    ['FREQ=DAILY;COUNT=10000', 'series/too_many_dates'],
  ])('%s is %s', (text, fault) => {
    expect(readRule(text)).toBe(fault);
  });

  it('has no date: because it ends before, or because there is no such day', () => {
    expect(faultOfDates(dated('FREQ=DAILY;UNTIL=20251231'), 'UTC')).toBe('series/until_before_start');
    expect(faultOfDates(dated('FREQ=WEEKLY;BYDAY=TH;UNTIL=20260107', '2026-01-02'), 'UTC')).toBe('series/until_before_start');
    expect(faultOfDates(dated('FREQ=MONTHLY;BYMONTH=2;BYMONTHDAY=30'), 'UTC')).toBe('series/never_matches');
    expect(faultOfDates(dated('FREQ=MONTHLY;INTERVAL=12;BYMONTH=3;BYMONTHDAY=1'), 'UTC')).toBe('series/never_matches');
    expect(faultOfDates(dated('FREQ=WEEKLY'), 'UTC')).toBeNull();
  });

  it('is written as it was read', () => {
    for (let seed = 1; seed <= 200; seed += 1) {
      const rule = parsed(drawRule(drawsFrom(seed)));
      expect(readRule(writeRule(rule))).toEqual(rule);
    }
  });
});

describe('what is laid, at whatever moments', () => {
  const terms = (number: number, fromDay: string, text: string): Terms => ({
    ...dated(text, fromDay),
    number,
    fromDay,
    ruleText: text,
    minutes: 60,
    helpersNeeded: 1,
    place: null,
    note: null,
  });

  it('is laid once each, none missing, over 1,000 random moments', () => {
    const draw = drawsFrom(20_260_302);
    const plan = {
      terms: [
        terms(1, '2026-01-01', 'FREQ=DAILY'),
        terms(2, '2026-09-01', 'FREQ=WEEKLY;BYDAY=MO,TH'),
        terms(3, '2027-03-01', 'FREQ=MONTHLY;BYDAY=2TU'),
      ],
      pauses: [{ from: '2026-05-01', to: '2026-05-31' }],
      endsOn: '2028-06-01',
      zone: 'Asia/Shanghai',
    };
    const laid: string[] = [];
    let [today, generatedUntil] = ['2026-01-01', '2025-12-31'];
    for (let moment = 0; moment < 1_000; moment += 1) {
      const until = addDays(today, 42);
      const next = plannedDays(plan, nextToLay(generatedUntil, today), until > generatedUntil ? until : generatedUntil);
      laid.push(...next.map(({ day }) => day));
      generatedUntil = until > generatedUntil ? until : generatedUntil;
      today = addDays(today, draw(3));
    }
    expect(new Set(laid).size).toBe(laid.length);
    expect(laid).toEqual(plannedDays(plan, '2026-01-01', generatedUntil).map(({ day }) => day));
    expect(laid.length).toBeGreaterThan(250);
  });
});
