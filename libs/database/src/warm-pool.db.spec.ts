import { afterEach, beforeEach, expect, it } from '@jest/globals';
import { openRooms, type TestRooms } from '@timebank/testing';
import { WarmPool } from './warm-pool';

let rooms: TestRooms;
beforeEach(async () => {
  rooms = await openRooms([]);
});
afterEach(() => rooms.close());

const open = async () => {
  const there = await rooms.database.query(
    `select from pg_stat_activity where application_name = 'timebank' and datname = current_database()`,
  );
  return there.length;
};

it('opens every connection of the pool at once, and leaves them for whoever comes', async () => {
  expect(await open()).toBeLessThan(3);
  expect(await rooms.get(WarmPool).run()).toBe(10);
  expect(await open()).toBe(10);
  expect(await rooms.get(WarmPool).run()).toBe(10);
  expect(await open()).toBe(10);
});

it('does with fewer where the server has no more to give', async () => {
  const [database] = await rooms.database.query<{ name: string }>('select current_database() as name');
  await rooms.database.query(`alter database "${database?.name}" connection limit 5`);
  const opened = await rooms.get(WarmPool).run();
  expect(opened).toBeGreaterThan(0);
  expect(opened).toBeLessThanOrEqual(5);
  expect(await open()).toBe(opened);
});
