import { beforeEach, describe, expect, it } from '@jest/globals';
import type { Keep } from '@timebank/web-kit';
import { forgetScan, isFinal, keepScan, readPendingScan } from './pending-scan';

const scan = { personId: 'wei', bankId: 'gulou', visitId: 'monday', kind: 'in' as const, card: 'ABCD2345' };
let kept: Map<string, string>;
let keep: Keep;
let made: number;
const makeId = () => `event-${(made += 1)}`;

beforeEach(() => {
  kept = new Map();
  made = 0;
  keep = { read: (key) => kept.get(key) ?? null, write: (key, value) => void (value === null ? kept.delete(key) : kept.set(key, value)) };
});

describe('a scan on its way', () => {
  it('keeps its event id when it is sent again after a lost answer', () => {
    expect(keepScan(keep, scan, makeId).eventId).toBe('event-1');
    expect(keepScan(keep, scan, makeId).eventId).toBe('event-1');
  });

  it('is another event with another card, kind or visit, and after an answer', () => {
    keepScan(keep, scan, makeId);
    expect(keepScan(keep, { ...scan, kind: 'out' }, makeId).eventId).toBe('event-2');
    expect(keepScan(keep, { ...scan, kind: 'out', card: 'WXYZ2345' }, makeId).eventId).toBe('event-3');
    forgetScan(keep);
    expect(keepScan(keep, scan, makeId).eventId).toBe('event-4');
  });

  it('belongs to the person who made it, not to the next one on the same phone', () => {
    keepScan(keep, scan, makeId);
    expect(readPendingScan(keep, 'wei')?.visitId).toBe('monday');
    expect(readPendingScan(keep, 'mei')).toBeNull();
  });

  it('survives nonsense in the storage', () => {
    keep.write('pending-scan', '{');
    expect(readPendingScan(keep, 'wei')).toBeNull();
  });

  it.each([
    [422, true],
    [403, true],
    [404, true],
    [409, true],
    [0, false],
    [401, false],
    [429, false],
    [500, false],
    [503, false],
  ])('an answer of %i decides it: %s', (status, final) => expect(isFinal({ code: 'x', status })).toBe(final));
});
