import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { newId } from '@timebank/kernel';
import { openRooms, TestLedger, type TestRooms } from '@timebank/testing';
import { AuditLedger } from '../audit/audit-ledger';
import { LedgerModule } from '../ledger.module';
import type { Posting } from './posting.rules';

describe('a posting with a second leg in another bank', () => {
  let rooms: TestRooms;
  let here: TestLedger;
  let there: TestLedger;
  let clearingHere: string;
  let clearingThere: string;
  beforeAll(async () => {
    rooms = await openRooms([LedgerModule]);
  });
  beforeEach(async () => {
    here = await TestLedger.open(rooms);
    there = await TestLedger.open(rooms, 100);
    clearingHere = newId();
    clearingThere = newId();
    await here.openAccounts([
      { accountId: clearingHere, kind: 'clearing', ownerId: there.bankId, floorMinutes: -150, ceilingMinutes: null },
    ]);
    await there.openAccounts([
      { accountId: clearingThere, kind: 'clearing', ownerId: here.bankId, floorMinutes: -150, ceilingMinutes: null },
    ]);
  });
  afterAll(() => rooms.close());

  /** A service of a volunteer from there for a client from here. */
  const abroad = (differences: Partial<Posting> = {}): Posting =>
    here.posting({
      creditAccountId: clearingHere,
      onward: {
        bankId: there.bankId,
        transferId: newId(),
        debitAccountId: clearingThere,
        creditAccountId: there.volunteer,
        reversesId: null,
        overflow: { accountId: there.pool, transferId: newId() },
      },
      ...differences,
    });
  const balances = async () => [
    await here.minutesOf(here.client),
    await here.minutesOf(clearingHere),
    await there.minutesOf(clearingThere),
    await there.minutesOf(there.volunteer),
    await there.minutesOf(there.pool),
  ];
  const faults = async () => (await rooms.get(AuditLedger).run([here.bankId, there.bankId])).faults;

  it('moves both legs or neither, and nothing is in flight', async () => {
    const visit = abroad();
    expect(await here.post(visit)).toMatchObject({ outcome: 'posted', postedMinutes: 60, overflowMinutes: 0 });
    expect(await here.post(visit)).toMatchObject({ outcome: 'repeated', postedMinutes: 60, overflowMinutes: 0 });
    expect(await balances()).toEqual([240, 60, -60, 60, 0]);
    expect(await faults()).toEqual([]);
  });

  it('sends on what the cap of the other bank does not take', async () => {
    await here.post(abroad());
    const visit = abroad();
    expect(await here.post(visit)).toMatchObject({ outcome: 'posted', postedMinutes: 40, overflowMinutes: 20 });
    expect(await here.post(visit)).toMatchObject({ outcome: 'repeated', postedMinutes: 40, overflowMinutes: 20 });
    expect(await balances()).toEqual([180, 120, -120, 100, 20]);
    expect(await faults()).toEqual([]);
  });

  it('stops at the credit line and leaves the first leg unposted', async () => {
    await here.post(abroad());
    await here.post(abroad());
    expect(await here.post(abroad())).toMatchObject({ code: 'ledger/overdraft', parameters: { availableMinutes: 30 } });
    expect(await balances()).toEqual([180, 120, -120, 100, 20]);
  });

  it('posts no onward leg when the first is refused', async () => {
    expect(await here.post(abroad({ minutes: 301 }))).toMatchObject({ code: 'ledger/overdraft', parameters: { availableMinutes: 300 } });
    expect(await balances()).toEqual([300, 0, 0, 0, 0]);
  });

  it('is an id reused when it goes on to somebody else, or no further', async () => {
    const visit = abroad();
    await here.post(visit);
    const onward = visit.onward as NonNullable<Posting['onward']>;
    expect(await here.post({ ...visit, onward: { ...onward, creditAccountId: there.client } })).toMatchObject({ code: 'ledger/id_reused' });
    const alone = here.posting({ creditAccountId: clearingHere });
    await here.post(alone);
    expect(await here.post({ ...alone, onward: { ...onward, transferId: newId() } })).toMatchObject({ code: 'ledger/id_reused' });
    const taken = there.opening(there.client, 10);
    await there.post(taken);
    expect(await here.post(abroad({ onward: { ...onward, transferId: taken.transferId } }))).toMatchObject({ code: 'ledger/id_reused' });
    expect(await faults()).toEqual([]);
  });

  it('ends the hold of the client', async () => {
    const holdId = await here.hold(90);
    expect(await here.post(abroad({ holdId }))).toMatchObject({ outcome: 'posted' });
    expect([await here.minutesOf(here.client), await here.heldOf(here.client)]).toEqual([240, 0]);
  });

  it('frees a hold for the first leg, not for the credit line of the second', async () => {
    const holdId = await here.hold(200);
    expect(await here.post(abroad({ holdId, minutes: 200 }))).toMatchObject({
      code: 'ledger/overdraft',
      parameters: { availableMinutes: 150 },
    });
    expect(await here.heldOf(here.client)).toBe(200);
  });

  it('is taken back on both sides, with what the cap had sent on', async () => {
    await here.post(abroad());
    const visit = abroad();
    await here.post(visit);
    const onward = visit.onward as NonNullable<Posting['onward']>;
    const back = (minutes: number): Posting =>
      here.reversal(visit, {
        onward: {
          bankId: there.bankId,
          transferId: newId(),
          debitAccountId: there.volunteer,
          creditAccountId: clearingThere,
          minutes,
          reversesId: onward.transferId,
          overflow: { accountId: there.pool, transferId: newId() },
        },
      });
    expect(await here.post(back(60))).toMatchObject({ code: 'ledger/reversal_differs' });
    expect(await here.post(back(40))).toMatchObject({ outcome: 'posted' });
    expect(await here.post(back(40))).toMatchObject({ code: 'ledger/already_reversed' });
    expect(await balances()).toEqual([240, 60, -60, 60, 0]);
    expect(await faults()).toEqual([]);
  });

  it('keeps each leg in its bank', async () => {
    const visit = abroad();
    const onward = visit.onward as NonNullable<Posting['onward']>;
    await expect(here.post({ ...visit, onward: { ...onward, bankId: here.bankId } })).resolves.toMatchObject({
      code: 'ledger/account_not_found',
    });
  });
});
