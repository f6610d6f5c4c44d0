import { describe, expect, it } from '@jest/globals';
import { mutants } from './mutant-list';
import { huntMutants } from './mutants';

describe('a ledger from which one thing was taken away', () => {
  it('is noticed every time, and the ledger as it is passes', async () => {
    const report = await huntMutants(mutants.length, 7);
    expect(report).toMatchObject({ unsound: [], survived: [], caught: mutants.length });
  }, 1_200_000);
});
