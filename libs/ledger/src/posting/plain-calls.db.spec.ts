import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { openRooms, postPlainCalls, TestLedger, type TestRooms } from '@timebank/testing';
import { LedgerModule } from '../ledger.module';

describe('a call of several postings', () => {
  let rooms: TestRooms;
  beforeAll(async () => {
    rooms = await openRooms([LedgerModule]);
  });
  afterAll(() => rooms.close());

  it('is answered and written as if each had come alone, whatever is odd about one of them', async () => {
    const found = await postPlainCalls(rooms, await TestLedger.open(rooms));
    expect(Object.entries(found).filter(([, holds]) => !holds)).toEqual([]);
    expect(Object.keys(found).length).toBeGreaterThan(15);
  });
});
