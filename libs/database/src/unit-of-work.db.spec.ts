import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { newId, RunningClock } from '@timebank/kernel';
import { DataSource } from 'typeorm';
import { openRooms, type TestRooms } from '@timebank/testing';
import { UnitOfWork } from '@timebank/database';

describe('the unit of work', () => {
  let rooms: TestRooms;
  let unit: UnitOfWork;
  const bank = newId();
  const otherBank = newId();

  beforeAll(async () => {
    rooms = await openRooms([]);
    unit = rooms.get(UnitOfWork);
  });
  afterAll(() => rooms.close());

  const seen = () => unit.query<{ kind: string }>('select kind from outbox');

  it('refuses a query outside', async () => {
    await expect(unit.query('select 1')).rejects.toThrow('outside a unit of work');
  });

  it('shows the rows of the named banks and of no others', async () => {
    await unit.run([bank], async () => unit.tell(bank, 'requests/changed', { requestId: 'tested' }));
    expect(await unit.run([bank], seen)).toHaveLength(1);
    expect(await unit.run([otherBank], seen)).toHaveLength(0);
    expect(await unit.run([], seen)).toHaveLength(0);
  });

  it('refuses to write into a bank that it does not see', async () => {
    await expect(unit.run([otherBank], async () => unit.tell(bank, 'requests/changed', { requestId: 'tested' }))).rejects.toThrow(
      'row-level security',
    );
  });

  it('leaves nothing behind when the work fails, and runs no effect', async () => {
    let effects = 0;
    const work = async () => {
      unit.tell(bank, 'requests/changed', { requestId: 'half' });
      unit.afterCommit(() => {
        effects += 1;
      });
      throw new Error('halfway');
    };
    await expect(unit.run([bank], work)).rejects.toThrow('halfway');
    expect(await unit.run([bank], seen)).toHaveLength(1);
    expect(effects).toBe(0);
  });

  it('names the statement that failed, not what failed because of it, and keeps nothing', async () => {
    const before = await unit.run([bank], seen);
    let effects = 0;
    const work = async (andThen: () => Promise<unknown>) => {
      unit.tell(bank, 'requests/changed', { requestId: 'whole' });
      unit.tell(otherBank, 'requests/changed', { requestId: 'hidden' });
      unit.afterCommit(() => {
        effects += 1;
      });
      await andThen();
    };
    await expect(unit.run([bank], () => work(seen))).rejects.toThrow('row-level security');
    await expect(unit.run([bank], () => work(async () => undefined))).rejects.toThrow('row-level security');
    expect(await unit.run([bank], seen)).toEqual(before);
    expect(effects).toBe(0);
  });

  it('runs what is asked for together in that order, each with its own answer or fault', async () => {
    const [first, second] = await unit.run([bank], () =>
      unit.together(
        unit.query<{ lock: string }>(`select set_config('timebank.spec', 'first', true) as lock`),
        unit.query<{ now: string }>(`select current_setting('timebank.spec') as now`),
      ),
    );
    expect([first[0]?.lock, second[0]?.now]).toEqual(['first', 'first']);
    const fails = () => unit.together(unit.query('select 1 / 0'), unit.query('select 1'));
    await expect(unit.run([bank], fails)).rejects.toThrow('division by zero');
    expect(await unit.run([bank], seen)).not.toEqual([]);
  });

  it('starts again from BEGIN after a deadlock', async () => {
    let attempts = 0;
    const result = await unit.run([bank], async () => {
      attempts += 1;
      if (attempts < 3) throw Object.assign(new Error('deadlock'), { code: '40P01' });
      return 'done';
    });
    expect([result, attempts]).toEqual(['done', 3]);
  });

  it.each([
    ['53100', { reason: 'disk_full', retryAfterSeconds: 30 }],
    ['53200', { reason: 'resources', retryAfterSeconds: 10 }],
    ['53300', { retryAfterSeconds: 2 }],
    ['57P03', { retryAfterSeconds: 2 }],
    ['08006', { retryAfterSeconds: 2 }],
    ['58030', { reason: 'disk', retryAfterSeconds: 30 }],
    ['57014', { reason: 'overloaded', retryAfterSeconds: 5 }],
  ])('F14: refuses as unavailable, and not as a fault, what Postgres says by %s', async (code, parameters) => {
    const raise = () => unit.query(`do $$ begin raise exception 'no more' using errcode = '${code}'; end $$`);
    await expect(unit.run([], raise)).rejects.toMatchObject({ code: 'service/unavailable', parameters });
  });

  it('F14: leaves a fault what is one', async () => {
    for (const code of ['22012', 'XX001', '42P01']) {
      const raise = () => unit.query(`do $$ begin raise exception 'no' using errcode = '${code}'; end $$`);
      await expect(unit.run([], raise)).rejects.toMatchObject({ code });
    }
  });

  it('joins an open unit and sees its rows', async () => {
    await unit.run([bank], async () => {
      unit.tell(bank, 'requests/changed', { requestId: 'joined' });
      expect(await unit.run([bank], seen)).toHaveLength(2);
      await expect(unit.run([otherBank], seen)).rejects.toThrow('does not see that bank');
    });
  });

  it('looks from one snapshot, without writing, and never inside another unit', async () => {
    await unit.look([bank], async () => {
      const before = await seen();
      await rooms.database.query(
        `insert into outbox (bank_id, event_id, kind, payload, happened_at) values ($1, $2, 'late', '{}', now())`,
        [bank, newId()],
      );
      expect(await seen()).toEqual(before);
    });
    expect(await unit.run([bank], seen)).toContainEqual({ kind: 'late' });
    await expect(unit.look([bank], async () => unit.tell(bank, 'requests/changed', { requestId: 'written' }))).rejects.toThrow('read-only');
    await expect(unit.run([bank], () => unit.look([bank], seen))).rejects.toThrow('inside a unit');
  });

  describe('once it is over', () => {
    const kinds = async () => (await unit.run([bank], seen)).map(({ kind }) => kind);
    let source: DataSource;
    let single: UnitOfWork;

    // One connection, so that whoever comes next is surely given the one that the unit had.
    beforeAll(async () => {
      source = await new DataSource({ type: 'postgres', url: rooms.database.url, poolSize: 1 }).initialize();
      single = new UnitOfWork(source, new RunningClock());
    });
    afterAll(() => source.destroy());

    const writing = (kind: string) =>
      single.query(`insert into outbox (bank_id, event_id, kind, payload, happened_at) values ($1, $2, $3, '{}', now())`, [
        bank,
        newId(),
        kind,
      ]);

    /** A unit that fails while a branch of its work waits; what the branch does once it is let go. */
    async function leftBehind(act: () => unknown): Promise<() => Promise<unknown>> {
      const { promise: gate, resolve: letGo } = Promise.withResolvers<void>();
      let branch: Promise<unknown> = Promise.resolve();
      const work = () => {
        branch = gate.then(act);
        branch.catch(() => undefined);
        return Promise.all([single.query('select 1 / 0'), branch]);
      };
      await expect(single.run([bank], work)).rejects.toThrow('division by zero');
      return () => {
        letGo();
        return branch;
      };
    }

    it("lets no branch that goes on write, outside any transaction or inside a stranger's", async () => {
      const before = await kinds();
      const alone = await leftBehind(() => writing('alone'));
      await expect(alone()).rejects.toThrow('the unit of work is over');
      const inside = await leftBehind(() => writing('inside'));
      await single.run([bank], () => expect(inside()).rejects.toThrow('the unit of work is over'));
      expect(await kinds()).toEqual(before);
    });

    it('takes nothing more to tell, to do afterwards or to join', async () => {
      for (const act of [
        () => single.tell(bank, 'requests/changed', { requestId: 'late' }),
        () => single.afterCommit(() => undefined),
        () => single.now,
        () => single.run([bank], async () => undefined),
        () => single.glance('select 1'),
      ]) {
        const later = await leftBehind(act);
        await expect(later()).rejects.toThrow('the unit of work is over');
      }
    });

    it('rolls back only after every statement under way has its answer', async () => {
      const before = await kinds();
      let isAnswered = false;
      const slow = () =>
        single
          .query('select pg_sleep(0.05)')
          .then(() => writing('slow'))
          .finally(() => (isAnswered = true));
      await expect(single.run([bank], () => Promise.all([slow(), Promise.reject(new Error('at once'))]))).rejects.toThrow('at once');
      expect(isAnswered).toBe(true);
      expect(await kinds()).toEqual(before);
    });

    it('waits for all that was asked for together before it fails, and names the first cause', async () => {
      let isAnswered = false;
      const second = () => single.query('select 1').finally(() => (isAnswered = true));
      const work = () => single.together(single.query('select 1 / 0'), second());
      await expect(single.run([bank], work)).rejects.toThrow('division by zero');
      expect(isAnswered).toBe(true);
    });
  });
});
