import { describe, expect, it } from '@jest/globals';
import { daysOf, type MyWeek } from './my-week.rules';

const visit = (at: string, state = 'planned') => ({ plannedStart: at, state }) as MyWeek['given'][number];
const request = (at: string) => ({ startsAt: at }) as MyWeek['asked'][number];
const offer = (at: string, state: string) => ({ startsAt: at, state }) as MyWeek['offers'][number];

describe('my week', () => {
  const days = daysOf(
    {
      given: [visit('2026-03-02T12:00:00Z'), visit('2026-03-02T01:00:00Z'), visit('2026-03-03T01:00:00Z', 'cancelled')],
      received: [visit('2026-03-03T16:30:00Z', 'approved')],
      asked: [request('2026-03-08T15:59:00Z')],
      kept: [request('2026-03-05T01:00:00Z')],
      offers: [offer('2026-03-02T02:00:00Z', 'open'), offer('2026-03-02T03:00:00Z', 'standby'), offer('2026-03-20T02:00:00Z', 'open')],
      said: {
        weekly: [{ day: 7, from: '09:00', to: '12:00' }],
        pauses: [{ from: '2026-03-06', to: '2026-03-07' }],
        languages: [],
        kinds: [],
        weekMinutes: null,
      },
    },
    '2026-03-02',
    'Asia/Shanghai',
  );

  it('has seven days by the calendar of the bank, what is on each in order, and nothing that came to nothing', () => {
    expect(days.map(({ day, on }) => [day.slice(-2), ...on.map(({ what }) => what)])).toEqual([
      ['02', 'visit', 'offer', 'visit'],
      ['03'],
      ['04', 'visit'],
      ['05', 'kept'],
      ['06'],
      ['07'],
      ['08', 'asked'],
    ]);
    expect(days[2]?.on[0]).toMatchObject({ mine: 'client' });
  });

  it('says when I am free, and when I am away', () => {
    expect(days.map(({ free, isAway }) => [free.length, isAway])).toEqual([
      [0, false],
      [0, false],
      [0, false],
      [0, false],
      [0, true],
      [0, true],
      [1, false],
    ]);
  });
});
