import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { newId } from '@timebank/kernel';
import { openRooms, TestLedger, type TestRooms } from '@timebank/testing';
import { LedgerModule } from '../ledger.module';
import type { Posting } from './posting.rules';

describe('a reversal', () => {
  let rooms: TestRooms;
  let bank: TestLedger;
  let service: Posting;
  beforeAll(async () => {
    rooms = await openRooms([LedgerModule]);
  });
  beforeEach(async () => {
    bank = await TestLedger.open(rooms);
    service = bank.posting({ class: 'manual' });
    await bank.post(service);
  });
  afterAll(() => rooms.close());

  it("takes all minutes back under its original's class", async () => {
    const reversal = bank.reversal(service);
    expect(await bank.post(reversal)).toMatchObject({ outcome: 'posted', postedMinutes: 60 });
    expect([await bank.minutesOf(bank.client), await bank.minutesOf(bank.volunteer)]).toEqual([300, 0]);
    expect(await rooms.database.query('select kind, class from transfer where transfer_id = $1', [reversal.transferId])).toEqual([
      { kind: 'reversal', class: 'manual' },
    ]);
    expect(await bank.post(reversal)).toMatchObject({ outcome: 'repeated', postedMinutes: 60 });
  });

  it('comes once for each original, also when sent twice at once', async () => {
    const outcomes = await Promise.all([bank.post(bank.reversal(service)), bank.post(bank.reversal(service))]);
    expect(outcomes.map((answer) => answer.code ?? answer.outcome).sort()).toEqual(['ledger/already_reversed', 'posted']);
    expect(await bank.post(bank.reversal(service))).toMatchObject({ code: 'ledger/already_reversed' });
  });

  it("is refused for a transfer that is not there or another bank's", async () => {
    const other = await TestLedger.open(rooms);
    expect(await bank.post(bank.reversal(service, { reversesId: newId() }))).toMatchObject({ code: 'ledger/transfer_not_found' });
    expect(await other.post(other.reversal(other.posting(), { reversesId: service.transferId }))).toMatchObject({
      code: 'ledger/transfer_not_found',
    });
  });

  it('is refused for a reversal', async () => {
    const reversal = bank.reversal(service);
    await bank.post(reversal);
    expect(await bank.post(bank.reversal(reversal))).toMatchObject({ code: 'ledger/reversal_of_reversal' });
  });

  it('is refused with other minutes or accounts', async () => {
    expect(await bank.post(bank.reversal(service, { minutes: 59 }))).toMatchObject({ code: 'ledger/reversal_differs' });
    expect(await bank.post(bank.reversal(service, { creditAccountId: bank.pool }))).toMatchObject({ code: 'ledger/reversal_differs' });
  });

  it('needs the minutes to be there still', async () => {
    await bank.post(
      bank.posting({
        debitAccountId: bank.volunteer,
        creditAccountId: bank.pool,
        minutes: 20,
        kind: 'donation',
        class: null,
        visitId: null,
      }),
    );
    expect(await bank.post(bank.reversal(service))).toMatchObject({ code: 'ledger/overdraft', parameters: { availableMinutes: 40 } });
  });

  describe('of a service that overflowed', () => {
    const reversalWithOverflow = () =>
      bank.reversal({ ...service, minutes: 30 }, { overflow: { accountId: bank.pool, transferId: newId() } });
    beforeEach(async () => {
      await bank.post(bank.opening(bank.volunteer, 910));
      service = bank.posting({ overflow: { accountId: bank.pool, transferId: newId() } });
      await bank.post(service);
    });

    it('takes back what overflowed too', async () => {
      expect(await bank.post(service)).toMatchObject({ outcome: 'repeated', postedMinutes: 30, overflowMinutes: 30 });
      const reversal = reversalWithOverflow();
      expect(await bank.post(reversal)).toMatchObject({ outcome: 'posted', postedMinutes: 30, overflowMinutes: 30 });
      expect([await bank.minutesOf(bank.client), await bank.minutesOf(bank.volunteer), await bank.minutesOf(bank.pool)]).toEqual([
        240, 970, 0,
      ]);
      expect(await bank.post(reversal)).toMatchObject({ outcome: 'repeated', postedMinutes: 30, overflowMinutes: 30 });
    });

    it('is refused whole when the pool has spent it', async () => {
      await bank.post(
        bank.posting({ debitAccountId: bank.pool, creditAccountId: bank.client, minutes: 10, kind: 'grant', class: null, visitId: null }),
      );
      expect(await bank.post(reversalWithOverflow())).toMatchObject({ code: 'ledger/overdraft', parameters: { availableMinutes: 20 } });
      expect(await bank.minutesOf(bank.volunteer)).toBe(1_000);
    });

    it('leaves alone what was taken back before', async () => {
      const overflow = bank.posting({
        debitAccountId: bank.pool,
        creditAccountId: bank.client,
        minutes: 30,
        kind: 'reversal',
        class: null,
        reversesId: service.overflow?.transferId ?? null,
      });
      expect(await bank.post(overflow)).toMatchObject({ outcome: 'posted' });
      expect(await bank.post(reversalWithOverflow())).toMatchObject({ outcome: 'posted', postedMinutes: 30, overflowMinutes: 0 });
    });
  });
});
