import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from '@jest/globals';
import { rateDuring, spreadOf, timesOf } from './load';
import { findPgbench } from './pgbench';
import { toFigures, toTable } from './report';

describe('load', () => {
  it('counts in an open loop from when a request was due, also when the ones before it are slow', async () => {
    const slow = async () => {
      for (const until = performance.now() + 20; performance.now() < until;);
    };
    const times = await timesOf([1, 2, 3, 4, 5], 1_000, slow);
    expect(times[4]).toBeGreaterThan(90);
    expect(times[4]).toBeGreaterThan(times[0] as number);
  });

  it('drops what failed or took too long, however fast it failed', async () => {
    const times = await timesOf([1, 2, 3], 1_000, async (item) => {
      if (item === 2) throw new Error('refused');
    });
    expect(times[1]).toBe(Infinity);
    expect(spreadOf([1, 2, Infinity, 3_000])).toEqual({ p50: 2, p95: 2, dropped: 2 });
  });

  it('counts answers a second in a closed loop', async () => {
    let asked = 0;
    const rate = await rateDuring(0.1, 3, async () => {
      asked += 1;
      await new Promise((done) => setImmediate(done));
    });
    expect(rate * 0.1).toBeLessThanOrEqual(asked);
    expect(asked).toBeGreaterThan(10);
  });
});

describe('the report', () => {
  it('leaves a figure without a floor empty and says why, and holds the others against their goals', () => {
    const found = new Map([
      ['ledger.single', { value: null, note: 'no floor' }],
      ['ledger.bytes', { value: 541, note: '' }],
    ]);
    const figures = toFigures(found);
    expect(figures[0]).toMatchObject({ name: 'ledger.single', value: null, holds: null, note: 'no floor' });
    expect(figures[3]).toMatchObject({ name: 'ledger.bytes', value: 541, holds: false });
    expect(toTable(figures)).toContain('| ledger.single | not measured | >= 2.5 |  | no floor |');
  });
});

describe('pgbench', () => {
  const folder = mkdtempSync(join(tmpdir(), 'timebank-pgbench-'));
  afterAll(() => rmSync(folder, { recursive: true, force: true }));

  it('is found on the path first, then under the newest server, and else nowhere', () => {
    const servers = join(folder, 'servers');
    expect(findPgbench('/nowhere', servers)).toBeNull();
    for (const place of [join(servers, '9', 'bin'), join(servers, '15', 'bin'), join(folder, 'own')]) {
      mkdirSync(place, { recursive: true });
      writeFileSync(join(place, 'pgbench'), '');
    }
    expect(findPgbench('/nowhere', servers)).toBe(join(servers, '15', 'bin', 'pgbench'));
    expect(findPgbench(`/nowhere:${join(folder, 'own')}`, servers)).toBe(join(folder, 'own', 'pgbench'));
  });
});
