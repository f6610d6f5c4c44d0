import { describe, expect, it } from '@jest/globals';
import { countIn, sealedTables } from './checkpoint.rules';

describe('what a checkpoint seals', () => {
  it('a statement that was signed before the audit trail began seals none of it, and stays green', () => {
    const before = { counts: { account_history: 1, hold: 2, hold_end: 3, refusal: 4, transfer: 5 } };
    expect(sealedTables.map((table) => countIn(before, table))).toEqual([1, 2, 3, 4, 5, 0]);
  });
});
