import { execFileSync } from 'node:child_process';
import { describe, expect, it } from '@jest/globals';
import { createTestDatabase } from '@timebank/testing';
import { type Mutant, mutants } from './mutant-list';
import { huntMutants } from './mutants';

const parts = 3;

/** Every commit hunts another third, the same one however often it is tested; `npm run torture` hunts them all. */
function drawnByCommit(): readonly Mutant[] {
  let commit = '0';
  try {
    commit = execFileSync('git', ['rev-parse', '--short=8', 'HEAD'], { encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'] });
  } catch {
    // A copy without its history tests the first third.
  }
  const part = Number.parseInt(commit, 16) % parts;
  return mutants.filter((_, place) => place % parts === part);
}

describe('a ledger from which one thing was taken away', () => {
  it('is noticed every time, and the ledger as it is passes', async () => {
    const drawn = drawnByCommit();
    expect(drawn.length).toBeGreaterThanOrEqual(Math.floor(mutants.length / parts));
    const report = await huntMutants(drawn, 7);
    expect(report).toMatchObject({ unsound: [], survived: [], caught: drawn.length });
  });

  it('can have each of them taken away: what is edited stands in its function just once', async () => {
    const database = await createTestDatabase();
    try {
      const sources = await database.query<{ name: string; source: string }>(
        `select proname as name, pg_get_functiondef(oid) as source from pg_proc where pronamespace = 'public'::regnamespace and prokind = 'f'`,
      );
      const wrong = mutants.flatMap(({ of, edit }) => {
        if (!edit) return [];
        const found = sources.filter(({ name }) => name === edit.routine);
        const places = found.map(({ source }) => source.split(edit.from).length - 1);
        return places.join() === '1' ? [] : [`${of}: ${places.join(' ')}`];
      });
      expect(wrong).toEqual([]);
    } finally {
      await database.drop();
    }
  });
});
