import { Standing, Walk } from '@timebank/testing';
import { Random } from '../random';
import { openLedger } from './open-ledger';
import { tellProgress } from './progress';

export type WalksReport = {
  seed: number;
  walks: number;
  operations: number;
  operationsPerSecond: number;
  failed: number;
  failures: string[];
};

/** So many at once, so that postings of different walks share commits as callers of the API do. */
const walkers = 48;
const mostFailures = 3;

/** One walk to its end, or until enough of the others have failed. */
async function walk(begun: Promise<Walk>, chance: Random, steps: number, failures: readonly string[]): Promise<void> {
  const taken = await begun;
  for (let step = 0; step < steps && failures.length < mostFailures; step += 1) await taken.step(chance);
  await taken.end();
}

/**
 * Takes `count` random walks of `steps` operations through the ledgers of two banks each, with the model beside and all accounts
 * compared after every operation; each ends with an audit. The walk at place n is that of seed + n, which replays it alone.
 */
export async function walkLedgers(count: number, seed: number, steps = 512, open = openLedger): Promise<WalksReport> {
  const rooms = await open();
  try {
    const standing = new Standing(rooms.database);
    const failures: string[] = [];
    let [next, walks] = [0, 0];
    const startedAt = performance.now();
    const walker = async () => {
      while (next < count && failures.length < mostFailures) {
        const walkSeed = seed + next;
        next += 1;
        try {
          await walk(Walk.begin(rooms, standing), new Random(walkSeed), steps, failures);
        } catch (error) {
          failures.push(`walk of seed ${walkSeed} ${error instanceof Error ? error.message : String(error)}`);
        }
        walks += 1;
        tellProgress('walks', walks, count);
      }
    };
    await Promise.all(Array.from({ length: Math.min(walkers, count) }, walker));
    const operations = walks * steps;
    const operationsPerSecond = Math.round(operations / ((performance.now() - startedAt) / 1_000));
    return { seed, walks, operations, operationsPerSecond, failed: failures.length, failures };
  } finally {
    await rooms.close();
  }
}
