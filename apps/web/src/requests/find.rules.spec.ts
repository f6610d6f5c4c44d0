import { describe, expect, it } from '@jest/globals';
import { busyTimes, byDay, isFree, knownClients } from './find.rules';

const zone = 'Asia/Shanghai';
const asked = (requestId: string, bankId: string, startsAt: string, minutes = 60, clientId = 'lin') => ({
  requestId,
  bankId,
  clientId,
  startsAt,
  endsAt: new Date(Date.parse(startsAt) + minutes * 60_000).toISOString(),
});
const visit = (
  clientId: string,
  state: 'planned' | 'approved' | 'cancelled' | 'in_progress',
  plannedStart: string,
  plannedEnd: string,
) => ({
  clientId,
  clientName: clientId.toUpperCase(),
  state,
  plannedStart,
  plannedEnd,
});

describe('finding who needs a hand', () => {
  it('stands by the day of the bank, the own bank first on each', () => {
    const days = byDay(
      [
        asked('late', 'own', '2026-03-02T15:59:00.000Z'),
        asked('next', 'own', '2026-03-02T16:00:00.000Z'),
        asked('elsewhere', 'other', '2026-03-02T01:00:00.000Z'),
        asked('early', 'own', '2026-03-02T02:00:00.000Z'),
      ],
      zone,
      'own',
    );
    expect(days.map(({ day, requests }) => [day, requests.map(({ requestId }) => requestId)])).toEqual([
      ['2026-03-02', ['early', 'late', 'elsewhere']],
      ['2026-03-03', ['next']],
    ]);
    expect(byDay([], zone, 'own')).toEqual([]);
  });

  it('knows when one is free: not beside what was promised, and free again when it ends', () => {
    const busy = busyTimes([
      visit('lin', 'planned', '2026-03-02T01:00:00.000Z', '2026-03-02T02:00:00.000Z'),
      visit('wu', 'cancelled', '2026-03-02T03:00:00.000Z', '2026-03-02T04:00:00.000Z'),
      visit('wu', 'in_progress', '2026-03-02T05:00:00.000Z', '2026-03-02T06:00:00.000Z'),
    ]);
    const free = (startsAt: string, minutes = 60) => isFree(asked('r', 'own', startsAt, minutes), busy);
    expect(['00:00', '00:01', '01:30', '02:00', '03:30', '05:00'].map((at) => free(`2026-03-02T${at}:00.000Z`))).toEqual([
      true,
      false,
      false,
      true,
      true,
      false,
    ]);
    expect(free('2026-03-02T00:00:00.000Z', 600)).toBe(false);
  });

  it('names those whom one has been with, and not whom one has only promised', () => {
    const visits = [
      visit('lin', 'approved', '2026-02-01T01:00:00.000Z', '2026-02-01T02:00:00.000Z'),
      visit('he', 'planned', '2026-03-02T01:00:00.000Z', '2026-03-02T02:00:00.000Z'),
    ];
    const known = knownClients(visits);
    expect([...known]).toEqual([['lin', 'LIN']]);
  });
});
