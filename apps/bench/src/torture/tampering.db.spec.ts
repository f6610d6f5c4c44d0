import { describe, expect, it } from '@jest/globals';
import { tamper } from './tampering';

describe('a superuser who edits a sealed ledger', () => {
  it('is found each of 40 times', async () => {
    const report = await tamper(40, Date.now() % 1_000_000);
    expect(report).toMatchObject({ edits: 40, found: 40, missed: [] });
  });
});
