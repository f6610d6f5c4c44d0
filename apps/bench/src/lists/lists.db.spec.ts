import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals';
import { UnitOfWork } from '@timebank/database';
import { RunningClock } from '@timebank/kernel';
import { createTestDatabase, type TestDatabase } from '@timebank/testing';
import { type BenchRooms, openRooms } from '../bench-rooms';
import type { GrownBank } from '../grown-city';
import { layListedBank } from './listed-bank';
import { longestScript } from './longest-script';
import { listReads, roomsOfLists } from './server-lists';

type PlanNode = {
  'Node Type': string;
  'Relation Name'?: string;
  'Actual Rows': number;
  'Actual Loops': number;
  'Rows Removed by Filter'?: number;
  Plans?: PlanNode[];
};
const nodesOf = (node: PlanNode): PlanNode[] => [node, ...(node.Plans ?? []).flatMap(nodesOf)];

const members = 10_000;
const listed = ['member', 'role', 'visit', 'request', 'account'];

describe('the desk\u2019s lists at a large bank', () => {
  let database: TestDatabase;
  let rooms: BenchRooms;
  let bank: GrownBank;

  beforeAll(async () => {
    database = await createTestDatabase();
    bank = await layListedBank(database, members, new Date(), () => undefined);
    await database.query('vacuum (analyze)');
    rooms = await openRooms(database.url, new RunningClock(), roomsOfLists);
  });
  afterAll(async () => {
    await rooms?.close();
    await database?.drop();
  });

  /** Runs a read and answers the statements that it sent. */
  async function sentBy(read: () => Promise<unknown>): Promise<[sql: string, values: unknown[]][]> {
    const spied = jest.spyOn(rooms.get(UnitOfWork), 'query');
    await read();
    const sent = spied.mock.calls.map(([sql, values = []]): [string, unknown[]] => [sql, [...values]]);
    spied.mockRestore();
    return sent;
  }

  async function planOf(sql: string, values: unknown[], mode: string): Promise<PlanNode[]> {
    const unit = rooms.get(UnitOfWork);
    const [row] = await unit.run([bank.bankId], async () => {
      await unit.query(`set local plan_cache_mode = ${mode}`);
      return unit.query<Record<string, unknown>>(`explain (analyze, format json) ${sql}`, values);
    });
    const [plans] = Object.values(row ?? {}) as { Plan: PlanNode }[][];
    return nodesOf(plans?.[0]?.Plan as PlanNode);
  }

  it.each(['force_custom_plan', 'force_generic_plan'])('are read in order by an index, few rows for a page: %s', async (mode) => {
    const found: [name: string, whole: string[], most: boolean][] = [];
    const all = listReads(rooms, bank).filter(({ name }) => !/counted|queue/.test(name));
    for (const { name, run } of all) {
      for (const [sql, values] of (await sentBy(run)).filter(([sent]) => !sent.includes('having_role'))) {
        const nodes = (await planOf(sql, values, mode)).filter((node) => listed.includes(node['Relation Name'] ?? ''));
        const whole = nodes.filter((node) => node['Node Type'] === 'Seq Scan').map((node) => node['Relation Name'] as string);
        const rows = nodes.map((node) => (node['Actual Rows'] + (node['Rows Removed by Filter'] ?? 0)) * node['Actual Loops']);
        // A role of few members is put in order, not gone through.
        found.push([name, whole, Math.max(0, ...rows) <= (name.endsWith('volunteer') ? 3_000 : 1_000)]);
      }
    }
    expect(found.length).toBeGreaterThanOrEqual(all.length);
    expect(found).toEqual(found.map(([name]) => [name, [], true]));
  });

  it('give every member of a role once, however many have it', async () => {
    for (const read of listReads(rooms, bank).filter(({ name }) => /^(newest )?(client|proxy|auditor)/.test(name))) {
      const { items } = (await read.run()) as { items: { memberId: string; roles: string[] }[] };
      const role = read.name.split(' ').at(-1) as string;
      expect([read.name, items.length]).toEqual([read.name, role === 'auditor' ? 0 : 100]);
      expect(new Set(items.map(({ memberId }) => memberId)).size).toBe(items.length);
      expect(items.every(({ roles }) => roles.includes(role))).toBe(true);
    }
  });
});

describe('the longest script of a trace', () => {
  const event = (name: string, ts: number, dur: number, tid = 1) => ({ name, ph: 'X', pid: 1, tid, ts, dur });
  const main = { name: 'thread_name', ph: 'M', pid: 1, tid: 1, ts: 0, args: { name: 'CrRendererMain' } };
  const traced = (...events: object[]) => longestScript(Buffer.from(JSON.stringify({ traceEvents: [main, ...events] })));

  it('adds up what a task ran, what is nested once, and leaves out drawing and other threads', () => {
    const task = event('ThreadControllerImpl::RunTask', 0, 90_000);
    expect(
      traced(task, event('FunctionCall', 1_000, 20_000), event('RunMicrotasks', 2_000, 5_000), event('TimerFire', 30_000, 7_000)),
    ).toBe(27);
    expect(traced(task, event('Paint', 1_000, 50_000))).toBe(0);
    expect(traced(task, event('FunctionCall', 1_000, 50_000, 2))).toBe(0);
    expect(traced(task, event('ThreadControllerImpl::RunTask', 100_000, 9_000), event('FunctionCall', 101_000, 8_000))).toBe(8);
  });
});
