import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { newId } from '@timebank/kernel';
import { openRooms, TestLedger, type TestRooms } from '@timebank/testing';
import { LedgerModule } from '../ledger.module';
import { PostTransfers } from './post-transfers';

describe('posting', () => {
  let rooms: TestRooms;
  let bank: TestLedger;
  beforeAll(async () => {
    rooms = await openRooms([LedgerModule]);
  });
  beforeEach(async () => {
    bank = await TestLedger.open(rooms);
  });
  afterAll(() => rooms.close());

  const both = async () => [await bank.minutesOf(bank.client), await bank.minutesOf(bank.volunteer)];

  describe('a transfer', () => {
    it('moves minutes from the client to the volunteer', async () => {
      const service = bank.posting();
      expect(await bank.post(service)).toEqual({
        transferId: service.transferId,
        outcome: 'posted',
        postedMinutes: 60,
        overflowMinutes: 0,
      });
      expect(await both()).toEqual([240, 60]);
    });

    it('is posted once, however often it is sent, later and by a colleague too', async () => {
      const service = bank.posting();
      await bank.post(service);
      rooms.clock.advance(1);
      expect(await bank.post({ ...service, actorId: newId(), effectiveAt: new Date() })).toMatchObject({
        outcome: 'repeated',
        postedMinutes: 60,
      });
      expect(await both()).toEqual([240, 60]);
    });

    it('is refused while the clock is more than an hour behind what the account recorded, and posted once it is right', async () => {
      await bank.post(bank.posting({ minutes: 1 }));
      rooms.clock.advance(-59);
      expect(await bank.post(bank.posting({ minutes: 1 }))).toMatchObject({ outcome: 'posted' });
      rooms.clock.advance(-2);
      const service = bank.posting({ minutes: 1 });
      expect(await bank.post(service)).toMatchObject({ code: 'ledger/clock_behind', parameters: { recordedUntil: expect.any(String) } });
      rooms.clock.advance(61);
      expect(await bank.post(service)).toMatchObject({ outcome: 'posted' });
    });

    it.each([
      ['minutes', { minutes: 61 }],
      ['another visit', { visitId: newId() }],
      ['another class', { class: 'manual' as const }],
      ['a memo', { memoCode: 'call_back' }],
      ['another kind', { kind: 'gift' as const, class: null }],
    ])('refuses its id with %s', async (_, difference) => {
      const service = bank.posting();
      await bank.post(service);
      expect(await bank.post({ ...service, ...difference })).toMatchObject({ outcome: 'refused', code: 'ledger/id_reused' });
      expect(await bank.post({ ...service, creditAccountId: bank.pool })).toMatchObject({ code: 'ledger/id_reused' });
      expect(await bank.post({ ...service, debitAccountId: bank.issuance })).toMatchObject({ code: 'ledger/id_reused' });
      expect(await bank.post(service)).toMatchObject({ outcome: 'repeated' });
    });

    it('refuses an account that is not there, also one of another bank', async () => {
      const other = await TestLedger.open(rooms);
      expect(await bank.post(bank.posting({ creditAccountId: other.volunteer }))).toMatchObject({
        code: 'ledger/account_not_found',
        parameters: { accountId: other.volunteer },
      });
      expect(await bank.post(bank.posting({ debitAccountId: other.client }))).toMatchObject({ code: 'ledger/account_not_found' });
    });

    it('refuses one account on both sides', async () => {
      expect(await bank.post(bank.posting({ creditAccountId: bank.client }))).toMatchObject({ code: 'ledger/same_account' });
    });

    it('refuses more than there is and says how much there is', async () => {
      expect(await bank.post(bank.posting({ minutes: 301 }))).toMatchObject({
        outcome: 'refused',
        code: 'ledger/overdraft',
        parameters: { availableMinutes: 300 },
      });
      expect(await bank.post(bank.posting({ minutes: 300 }))).toMatchObject({ outcome: 'posted' });
    });

    it('refuses what goes over the ceiling and says how much room there is', async () => {
      await bank.post(bank.opening(bank.volunteer, 950));
      expect(await bank.post(bank.posting())).toMatchObject({ code: 'ledger/ceiling', parameters: { roomMinutes: 50 } });
    });

    it('stays refused under its id, even when minutes have come in since', async () => {
      const service = bank.posting({ minutes: 400 });
      await bank.post(service);
      await bank.post(bank.opening(bank.client, 500));
      expect(await bank.post(service)).toMatchObject({
        outcome: 'refused',
        code: 'ledger/overdraft',
        parameters: { availableMinutes: 300 },
      });
      expect(await bank.post({ ...service, minutes: 10 })).toMatchObject({ code: 'ledger/id_reused' });
      expect(await bank.post({ ...service, transferId: newId() })).toMatchObject({ outcome: 'posted' });
    });
  });

  describe('several at once', () => {
    it('never fail each other, and see each other in their order', async () => {
      const good = bank.posting({ minutes: 200 });
      const tooMuch = bank.posting({ minutes: 200 });
      const goodToo = bank.posting({ minutes: 100 });
      const outcomes = await rooms.get(PostTransfers).run([good, tooMuch, goodToo, good, { ...good, minutes: 1 }]);
      expect(outcomes.map((answer) => answer.code ?? answer.outcome)).toEqual([
        'posted',
        'ledger/overdraft',
        'posted',
        'repeated',
        'ledger/id_reused',
      ]);
      expect(await both()).toEqual([0, 300]);
    });

    it('may span banks', async () => {
      const other = await TestLedger.open(rooms);
      const outcomes = await rooms.get(PostTransfers).run([bank.posting(), other.posting()]);
      expect(outcomes.map((answer) => answer.outcome)).toEqual(['posted', 'posted']);
      expect(await other.minutesOf(other.volunteer)).toBe(60);
    });

    it('are answered for nothing when there are none', async () => {
      expect(await rooms.get(PostTransfers).run([])).toEqual([]);
    });
  });

  describe('inside a unit of work', () => {
    it('falls with it', async () => {
      const work = bank.unit.run([bank.bankId], async () => {
        await bank.post(bank.posting());
        expect(await bank.minutesOf(bank.volunteer)).toBe(60);
        throw new Error('changed my mind');
      });
      await expect(work).rejects.toThrow('changed my mind');
      expect(await both()).toEqual([300, 0]);
    });

    it('leaves the unit seeing what it saw', async () => {
      const other = await TestLedger.open(rooms);
      await bank.unit.run([bank.bankId, other.bankId], async () => {
        await bank.post(bank.posting());
        expect(await other.minutesOf(other.client)).toBe(300);
      });
    });

    it('is refused for a bank that the unit does not see', async () => {
      const other = await TestLedger.open(rooms);
      await expect(bank.unit.run([bank.bankId], () => other.post(other.posting()))).rejects.toThrow('does not see that bank');
    });
  });

  describe('over the cap', () => {
    beforeEach(async () => {
      await bank.post(bank.opening(bank.volunteer, 970));
    });
    const overflowing = () => bank.posting({ overflow: { accountId: bank.pool, transferId: newId() } });

    it('credits up to the ceiling and sends the rest on, in the same call', async () => {
      const service = overflowing();
      expect(await bank.post(service)).toMatchObject({ outcome: 'posted', postedMinutes: 30, overflowMinutes: 30 });
      expect([await bank.minutesOf(bank.volunteer), await bank.minutesOf(bank.pool), await bank.minutesOf(bank.client)]).toEqual([
        1_000, 30, 240,
      ]);
      const rows = await rooms.database.query(
        'select kind, class, minutes, visit_id from transfer where bank_id = $1 and visit_id = $2 order by debit_version',
        [bank.bankId, service.visitId],
      );
      expect(rows).toEqual([
        { kind: 'service', class: 'verified', minutes: 30, visit_id: service.visitId },
        { kind: 'overflow', class: 'verified', minutes: 30, visit_id: service.visitId },
      ]);
    });

    it('knows its own repeat, and other minutes from it', async () => {
      const service = overflowing();
      await bank.post(service);
      expect(await bank.post(service)).toMatchObject({ outcome: 'repeated', postedMinutes: 30, overflowMinutes: 30 });
      expect(await bank.post({ ...service, minutes: 30 })).toMatchObject({ code: 'ledger/id_reused' });
    });

    it('sends everything on when there is no room at all, under the first id', async () => {
      await bank.post(bank.opening(bank.volunteer, 30));
      const service = overflowing();
      expect(await bank.post(service)).toMatchObject({ outcome: 'posted', postedMinutes: 0, overflowMinutes: 60 });
      expect(await bank.post(service)).toMatchObject({ outcome: 'repeated', postedMinutes: 0, overflowMinutes: 60 });
      expect(await bank.post({ ...service, minutes: 59 })).toMatchObject({ code: 'ledger/id_reused' });
      expect(await rooms.database.query('select kind from transfer where transfer_id = $1', [service.transferId])).toEqual([
        { kind: 'overflow' },
      ]);
    });

    it('stays inside the ceiling for a volunteer with many visits in one call', async () => {
      const outcomes = await rooms.get(PostTransfers).run([overflowing(), overflowing()]);
      expect(outcomes).toMatchObject([
        { postedMinutes: 30, overflowMinutes: 30 },
        { postedMinutes: 0, overflowMinutes: 60 },
      ]);
    });

    it('refuses a derived id that stands for something else', async () => {
      const taken = bank.posting({ minutes: 1, creditAccountId: bank.pool });
      await bank.post(taken);
      expect(await bank.post(bank.posting({ overflow: { accountId: bank.pool, transferId: taken.transferId } }))).toMatchObject({
        code: 'ledger/id_reused',
      });
    });
  });

  describe('a grant that the fund cannot cover', () => {
    const grant = (minutes: number, limitMinutes: number | null) =>
      bank.posting({
        debitAccountId: bank.fund,
        creditAccountId: bank.volunteer,
        minutes,
        kind: 'grant',
        class: null,
        visitId: null,
        cover: { accountId: bank.issuance, transferId: newId(), limitMinutes },
      });

    it('draws what is missing from issuance first', async () => {
      await bank.post(bank.opening(bank.fund, 40));
      expect(await bank.post(grant(100, null))).toMatchObject({ outcome: 'posted', postedMinutes: 100 });
      expect([await bank.minutesOf(bank.fund), await bank.minutesOf(bank.volunteer), await bank.minutesOf(bank.issuance)]).toEqual([
        0, 100, -400,
      ]);
      expect(await rooms.database.query(`select minutes from transfer where bank_id = $1 and kind = 'issue'`, [bank.bankId])).toEqual([
        { minutes: 60 },
      ]);
    });

    it('issues no more in all than the limit', async () => {
      expect(await bank.post(grant(101, 400))).toMatchObject({ code: 'ledger/issue_limit', parameters: { roomMinutes: 100 } });
      expect(await bank.post(grant(100, 400))).toMatchObject({ outcome: 'posted' });
      expect(await bank.post(grant(1, 400))).toMatchObject({ code: 'ledger/issue_limit', parameters: { roomMinutes: 0 } });
    });

    it('is repeated as one', async () => {
      const asked = grant(100, null);
      await bank.post(asked);
      expect(await bank.post(asked)).toMatchObject({ outcome: 'repeated', postedMinutes: 100, overflowMinutes: 0 });
      expect(await bank.minutesOf(bank.volunteer)).toBe(100);
    });
  });
});
