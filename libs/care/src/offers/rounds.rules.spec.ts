import { describe, expect, it } from '@jest/globals';
import { policyDefaults, policyKeys, type Policy } from '@timebank/contract';
import { awakeAfter, isQuiet, nextRound, pickRound } from './rounds.rules';

const policy = Object.fromEntries(policyKeys.map((key) => [key, policyDefaults[key].value])) as Policy;
const zone = 'Asia/Shanghai';
/** By the clock on the wall in Nanjing. */
const at = (time: string) => new Date(`2026-03-${time}:00+08:00`);
const person = (memberId: string) => ({ memberId });
const ids = (people: readonly { memberId: string }[]) => people.map(({ memberId }) => memberId).join('');

describe('quiet hours', () => {
  it('begin and end on the hour, also past midnight', () => {
    expect(['02T20:59', '02T21:00', '03T07:59', '03T08:00'].map((time) => isQuiet(at(time), policy, zone))).toEqual([
      false,
      true,
      true,
      false,
    ]);
    expect(isQuiet(at('02T13:30'), { quietFromHour: 13, quietUntilHour: 14 }, zone)).toBe(true);
    expect(isQuiet(at('02T02:00'), { quietFromHour: 0, quietUntilHour: 0 }, zone)).toBe(false);
  });
  it('hold the clock: who is asked in the evening may answer in the morning', () => {
    expect(awakeAfter(at('02T09:10'), 120, policy, zone)).toEqual(at('02T11:10'));
    expect(awakeAfter(at('02T20:30'), 120, policy, zone)).toEqual(at('03T09:30'));
    expect(awakeAfter(at('02T23:00'), 15, policy, zone)).toEqual(at('03T08:15'));
  });
});

describe('the rounds of a request', () => {
  const soon = at('02T12:00');
  const later = at('06T09:00');
  it('are three people for two hours, five more for four, then the desk', () => {
    const now = at('02T09:00');
    expect(nextRound(0, later, now, policy, zone)).toEqual({ round: 1, people: 3, until: at('02T11:00'), isLast: false });
    expect(nextRound(1, later, now, policy, zone)).toEqual({ round: 2, people: 5, until: at('02T13:00'), isLast: false });
    expect(nextRound(2, later, now, policy, zone)).toEqual({ round: 3, people: 0, until: later, isLast: true });
  });
  it('are one of eight people for a quarter of an hour where it is urgent, then the phone', () => {
    const now = at('02T09:00');
    expect(nextRound(0, soon, now, policy, zone)).toEqual({ round: 1, people: 8, until: at('02T09:15'), isLast: false });
    expect(nextRound(1, soon, now, policy, zone)).toMatchObject({ isLast: true });
    expect(nextRound(0, at('02T13:01'), now, policy, zone).people).toBe(3);
  });
  it('end when the help begins', () => {
    expect(nextRound(0, at('02T09:10'), at('02T09:00'), policy, zone).until).toEqual(at('02T09:10'));
  });
});

describe('whom the first round asks', () => {
  const best = ['a', 'b', 'c', 'd', 'e', 'f'].map(person);
  it.each([
    ['the best, and in the last place somebody new', 'n', 3, 'abn'],
    ['nobody else for it where that one is among the best', 'b', 3, 'abc'],
    ['in the fifth place of a larger round', 'n', 8, 'abcdnef'],
    ['only the best where a place is kept for nobody', null, 5, 'abcde'],
    ['nobody where the round has no places', 'n', 0, ''],
  ])('%s', (_, kept, people, expected) => {
    expect(ids(pickRound(best, kept === null ? undefined : person(kept), people))).toBe(expected);
  });
  it('is whoever there is where they are few', () => {
    expect(ids(pickRound([], person('n'), 3))).toBe('n');
    expect(ids(pickRound([], undefined, 3))).toBe('');
  });
});
