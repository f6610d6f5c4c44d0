import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { newId } from '@timebank/kernel';
import { openRooms, TestLedger, testStart, type TestRooms } from '@timebank/testing';
import { AuditLedger } from '../audit/audit-ledger';
import { ExpireHolds } from './expire-holds';
import { LedgerModule } from '../ledger.module';
import { PlaceHold } from './place-hold';

describe('a hold', () => {
  let rooms: TestRooms;
  let bank: TestLedger;
  beforeAll(async () => {
    rooms = await openRooms([LedgerModule]);
  });
  beforeEach(async () => {
    bank = await TestLedger.open(rooms);
  });
  afterAll(() => rooms.close());

  const ends = (holdId: string) =>
    rooms.database.query('select outcome, posted_minutes, released_minutes from hold_end where hold_id = $1', [holdId]);

  it('keeps its minutes on the balance and out of reach', async () => {
    await bank.hold(250);
    expect([await bank.minutesOf(bank.client), await bank.heldOf(bank.client)]).toEqual([300, 250]);
    expect(await bank.post(bank.posting())).toMatchObject({ code: 'ledger/overdraft', parameters: { availableMinutes: 50 } });
    await expect(bank.hold(51)).rejects.toMatchObject({ code: 'ledger/overdraft', parameters: { availableMinutes: 50 } });
  });

  it('is placed once under its id', async () => {
    const hold = { bankId: bank.bankId, holdId: newId(), accountId: bank.client, minutes: 100, expiresAt: testStart };
    const place = rooms.get(PlaceHold);
    await Promise.all([place.run(hold), place.run(hold), place.run(hold)]);
    expect(await bank.heldOf(bank.client)).toBe(100);
    await expect(place.run({ ...hold, minutes: 99 })).rejects.toMatchObject({ code: 'ledger/id_reused' });
    await expect(place.run({ ...hold, accountId: bank.volunteer })).rejects.toMatchObject({ code: 'ledger/id_reused' });
  });

  it('needs an account of the bank', async () => {
    const other = await TestLedger.open(rooms);
    await expect(bank.hold(10, other.client)).rejects.toMatchObject({ code: 'ledger/account_not_found' });
  });

  it('gives its minutes back once', async () => {
    const holdId = await bank.hold(250);
    await Promise.all([bank.release(holdId), bank.release(holdId)]);
    await bank.release(holdId);
    expect(await bank.heldOf(bank.client)).toBe(0);
    expect(await ends(holdId)).toEqual([{ outcome: 'released', posted_minutes: 0, released_minutes: 250 }]);
    await expect(bank.release(newId())).rejects.toMatchObject({ code: 'ledger/hold_not_found' });
  });

  it('is released with others, or none of them is', async () => {
    const [one, other] = [await bank.hold(100), await bank.hold(50)];
    await expect(bank.release(one, newId(), other)).rejects.toMatchObject({ code: 'ledger/hold_not_found' });
    expect(await bank.heldOf(bank.client)).toBe(150);
    await bank.release(one, other, one);
    expect(await bank.heldOf(bank.client)).toBe(0);
  });

  it('cannot be released by another bank', async () => {
    const other = await TestLedger.open(rooms);
    await expect(other.release(await bank.hold(10))).rejects.toMatchObject({ code: 'ledger/hold_not_found' });
  });

  it('is posted in part, the rest released', async () => {
    const holdId = await bank.hold(90);
    expect(await bank.post(bank.posting({ holdId }))).toMatchObject({ outcome: 'posted' });
    expect([await bank.minutesOf(bank.client), await bank.heldOf(bank.client)]).toEqual([240, 0]);
    expect(await ends(holdId)).toEqual([{ outcome: 'posted', posted_minutes: 60, released_minutes: 30 }]);
    await expect(bank.release(holdId)).rejects.toMatchObject({ code: 'ledger/hold_ended' });
  });

  it('lets a posting above it draw the rest from the free balance', async () => {
    await bank.hold(200);
    const holdId = await bank.hold(50);
    expect(await bank.post(bank.posting({ holdId, minutes: 101 }))).toMatchObject({
      code: 'ledger/overdraft',
      parameters: { availableMinutes: 100 },
    });
    expect(await bank.heldOf(bank.client)).toBe(250);
    expect(await bank.post(bank.posting({ holdId, minutes: 100 }))).toMatchObject({ outcome: 'posted' });
    expect([await bank.minutesOf(bank.client), await bank.heldOf(bank.client)]).toEqual([200, 200]);
  });

  it('ends once, whoever posts it', async () => {
    const holdId = await bank.hold(60);
    const outcomes = await Promise.all([bank.post(bank.posting({ holdId })), bank.post(bank.posting({ holdId }))]);
    expect(outcomes.map((answer) => answer.code ?? answer.outcome).sort()).toEqual(['ledger/hold_ended', 'posted']);
  });

  it("is refused when it is not there, is another account's, or was released", async () => {
    const holdId = await bank.hold(60);
    expect(await bank.post(bank.posting({ holdId: newId() }))).toMatchObject({ code: 'ledger/hold_not_found' });
    expect(await bank.post(bank.posting({ holdId, debitAccountId: bank.issuance }))).toMatchObject({ code: 'ledger/hold_not_found' });
    await bank.release(holdId);
    expect(await bank.post(bank.posting({ holdId }))).toMatchObject({ code: 'ledger/hold_ended' });
  });

  it('ends by itself once it has run out, and once only', async () => {
    const past = new Date(testStart.getTime() - 1_000);
    const future = new Date(testStart.getTime() + 86_400_000);
    const place = (expiresAt: Date) => {
      const holdId = newId();
      return rooms
        .get(PlaceHold)
        .run({ bankId: bank.bankId, holdId, accountId: bank.client, minutes: 50, expiresAt })
        .then(() => holdId);
    };
    const [due, released, posted, open] = [await place(past), await place(past), await place(past), await place(future)];
    await bank.release(released);
    await bank.post(bank.posting({ holdId: posted, minutes: 20 }));
    const expire = () => rooms.get(ExpireHolds).run(bank.bankId);
    expect((await Promise.all([expire(), expire()])).sort()).toEqual([0, 1]);
    expect(await bank.heldOf(bank.client)).toBe(50);
    expect(await ends(due)).toEqual([{ outcome: 'expired', posted_minutes: 0, released_minutes: 50 }]);
    expect(await ends(open)).toEqual([]);
    // A late approval still pays, out of what is free.
    expect(await bank.post(bank.posting({ holdId: due, minutes: 60 }))).toMatchObject({ outcome: 'posted' });
    expect([await bank.minutesOf(bank.client), await bank.heldOf(bank.client)]).toEqual([220, 50]);
    expect((await rooms.get(AuditLedger).run([bank.bankId])).faults).toEqual([]);
  });
});
