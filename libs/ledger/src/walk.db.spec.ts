import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { type Chance, openRooms, Standing, type TestRooms, Walk } from '@timebank/testing';
import * as fc from 'fast-check';
import { LedgerModule } from './ledger.module';

const runs = Number(process.env['WALKS'] ?? 40);
const steps = Number(process.env['WALK_STEPS'] ?? 64);
/** In milliseconds, many times what it takes. What is found is told even when there was no time to make it smaller. */
const longest = 600_000 + runs * steps * 20;

/** Each step from numbers of its own, so that fast-check can leave steps out and make the rest smaller. */
const step = fc.array(fc.nat({ max: 9_999 }), { minLength: 12, maxLength: 40 });

function chanceOf(numbers: readonly number[]): Chance {
  let used = 0;
  return {
    integer: (least, most) => {
      used += 1;
      return least + ((numbers[used % numbers.length] as number) % (most - least + 1));
    },
  };
}

describe('any walk through the ledger of two banks', () => {
  let rooms: TestRooms;
  beforeAll(async () => {
    rooms = await openRooms([LedgerModule]);
  });
  afterAll(() => rooms.close());

  it(
    'answers and stands as the model does after every step',
    async () => {
      const standing = new Standing(rooms.database);
      const walk = fc.asyncProperty(fc.array(step, { maxLength: steps, size: 'max' }), async (path) => {
        const taken = await Walk.begin(rooms, standing);
        for (const numbers of path) await taken.step(chanceOf(numbers));
        await taken.end();
      });
      await expect(
        fc.assert(walk, { numRuns: runs, plugins: [fc.interruptAfterTimeLimit(longest - 10_000, { failOnInterrupt: true })] }),
      ).resolves.toBeUndefined();
    },
    longest,
  );
});
