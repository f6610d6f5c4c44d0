import type { DynamicModule, INestApplicationContext, Type } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import { DatabaseModule } from '@timebank/database';
import { ManualClock } from '@timebank/kernel';
import { createTestDatabase, type TestDatabase } from './test-database';

export type TestRooms = {
  database: TestDatabase;
  clock: ManualClock;
  get<Ability>(ability: Type<Ability>): Ability;
  close(): Promise<void>;
};

/** Monday morning in Nanjing: 09:00 on 2026-03-02. */
export const testStart = new Date('2026-03-02T01:00:00Z');

/** On a busy machine hundreds of callers at once may have to wait long for their turn; that is no fault of what a spec is about. */
export const patienceMs = 300_000;

/**
 * Rooms on a fresh database with a clock that stands still, without the HTTP door; or beside others, on their database and clock with connections of
 * their own, as a second process would have them.
 */
export async function openRooms(modules: (Type | DynamicModule)[], beside?: TestRooms): Promise<TestRooms> {
  const database = beside ? { ...beside.database, drop: async () => undefined } : await createTestDatabase();
  const clock = beside?.clock ?? new ManualClock(testStart);
  const root: DynamicModule = {
    module: class TestRoot {},
    imports: [DatabaseModule.forRoot({ url: database.url, clock, patienceMs }), ...modules],
  };
  let context: INestApplicationContext;
  try {
    context = await NestFactory.createApplicationContext(root, { logger: ['error'], abortOnError: false });
  } catch (error) {
    await database.drop();
    throw error;
  }
  return {
    database,
    clock,
    get: (ability) => context.get(ability, { strict: false }),
    close: async () => {
      await context.close();
      await database.drop();
    },
  };
}
