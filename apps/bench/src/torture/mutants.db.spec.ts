import { describe, expect, it } from '@jest/globals';
import { createTestDatabase, drawn } from '@timebank/testing';
import { mutants } from './mutant-list';
import { huntMutants } from './mutants';

const parts = 3;

describe('a ledger from which one thing was taken away', () => {
  it('is noticed every time, and the ledger as it is passes', async () => {
    // `npm run torture` hunts them all.
    const hunted = drawn('mutants', mutants, parts);
    expect(hunted.length).toBeGreaterThanOrEqual(Math.floor(mutants.length / parts));
    const report = await huntMutants(hunted, 7);
    expect(report).toMatchObject({ unsound: [], survived: [], caught: hunted.length });
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
