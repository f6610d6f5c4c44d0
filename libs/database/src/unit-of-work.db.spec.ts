import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { newId } from '@timebank/kernel';
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
    await unit.run([bank], async () => unit.tell(bank, 'tested', {}));
    expect(await unit.run([bank], seen)).toHaveLength(1);
    expect(await unit.run([otherBank], seen)).toHaveLength(0);
    expect(await unit.run([], seen)).toHaveLength(0);
  });

  it('refuses to write into a bank that it does not see', async () => {
    await expect(unit.run([otherBank], async () => unit.tell(bank, 'tested', {}))).rejects.toThrow('row-level security');
  });

  it('leaves nothing behind when the work fails, and runs no effect', async () => {
    let effects = 0;
    const work = async () => {
      unit.tell(bank, 'half', {});
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
      unit.tell(bank, 'whole', {});
      unit.tell(otherBank, 'hidden', {});
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
      Promise.all([
        unit.query<{ lock: string }>(`select set_config('timebank.spec', 'first', true) as lock`),
        unit.query<{ now: string }>(`select current_setting('timebank.spec') as now`),
      ]),
    );
    expect([first[0]?.lock, second[0]?.now]).toEqual(['first', 'first']);
    const fails = () => Promise.all([unit.query('select 1 / 0'), unit.query('select 1')]);
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

  it('joins an open unit and sees its rows', async () => {
    await unit.run([bank], async () => {
      unit.tell(bank, 'joined', {});
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
    await expect(unit.look([bank], async () => unit.tell(bank, 'written', {}))).rejects.toThrow('read-only');
    await expect(unit.run([bank], () => unit.look([bank], seen))).rejects.toThrow('inside a unit');
  });
});
