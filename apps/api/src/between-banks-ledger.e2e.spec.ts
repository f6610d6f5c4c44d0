import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { ApplySavingsCap } from '@timebank/banks';
import { newId } from '@timebank/kernel';
import { AuditBooks } from '@timebank/reports';
import { openTwoBanks, type TestBank, type TestCaller, type TwoBanks } from '@timebank/testing';

describe('minutes between two banks', () => {
  let two: TwoBanks;
  beforeAll(async () => {
    two = await openTwoBanks();
    await two.befriend();
  });
  afterAll(() => two.city.close());

  describe('the line between two banks', () => {
    it('refuses an approval beyond it, which is payable after a settlement', async () => {
      await two.approve([await two.help()]);
      const before = -(await two.position(two.home, two.host)).positionMinutes;
      const line = (minutes: number, by = two.admin) =>
        by.put(`${two.home.base}/credit-lines/${two.host.bankId}`, { creditLineMinutes: minutes });
      await line(100, two.home.coordinator.caller).expect(403);
      expect((await line(before - 1).expect(422)).body).toMatchObject({
        code: 'clearing/line_below_use',
        parameters: { usedMinutes: before },
      });
      await line(before + 70).expect(201);
      await line(before + 70).expect(200);
      const own = await two.admin.put(`${two.home.base}/credit-lines/${two.home.bankId}`, { creditLineMinutes: 1 }).expect(422);
      expect(own.body.code).toBe('clearing/own_bank');
      await two.admin.put(`${two.home.base}/credit-lines/${newId()}`, { creditLineMinutes: 1 }).expect(404);

      const [first, second] = [await two.help(), await two.help()];
      const results = await two.approve([first, second]);
      expect(results.map(({ outcome }) => outcome).sort()).toEqual(['approved', 'refused']);
      const refused = results.find(({ outcome }) => outcome === 'refused') as (typeof results)[number];
      expect(refused).toMatchObject({ code: 'ledger/credit_line', parameters: { availableMinutes: 10 } });
      expect((await two.position(two.home, two.host)).inFlightMinutes).toBe(0);
      expect((await two.guest.caller.get(`${two.host.base}/visits/${refused.visitId}`).expect(200)).body.state).toBe('ready');

      const settlementId = newId();
      const settle = (by: TestCaller, minutes: number, more: object = {}, id = settlementId) =>
        by.put(`/api/settlements/${id}`, { creditorBankId: two.home.bankId, debtorBankId: two.host.bankId, minutes, ...more });
      await settle(two.home.coordinator.caller, 60).expect(403);
      const past = await settle(two.admin, before + 61, {}, newId()).expect(422);
      expect(past.body).toMatchObject({ code: 'clearing/past_zero', parameters: { availableMinutes: before + 60 } });
      const other = { creditorBankId: two.host.bankId, debtorBankId: two.home.bankId };
      expect((await settle(two.admin, 1, other, newId()).expect(422)).body.code).toBe('clearing/past_zero');
      expect((await settle(two.admin, 1, { debtorBankId: two.home.bankId }, newId()).expect(422)).body.code).toBe('clearing/own_bank');
      expect((await settle(two.admin, 1, { debtorBankId: newId() }, newId()).expect(404)).body.code).toBe('banks/not_found');
      const settled = await settle(two.admin, 60).expect(201);
      expect(settled.body).toMatchObject({ minutes: 60, positionMinutes: -before });
      expect((await settle(two.admin, 60).expect(200)).body).toEqual(settled.body);
      expect((await settle(two.admin, 61).expect(409)).body.code).toBe('clearing/id_reused');
      expect((await settle(two.admin, 60, other).expect(409)).body.code).toBe('clearing/id_reused');

      expect(await two.approve([refused.visitId])).toMatchObject([{ outcome: 'approved' }]);
      for (const bank of [two.home, two.host]) {
        expect((await two.admin.get(`${bank.base}/ledger/trial-balance`).expect(200)).body.sumMinutes).toBe(0);
      }
      expect(await two.balance(two.host, two.host.fund)).toBe(60);
      expect(await two.position(two.home, two.host)).toMatchObject({ positionMinutes: -before - 60, inFlightMinutes: 0 });
      await line(6_000).expect(200);
    });
  });

  describe('a reversal', () => {
    const reverse = async (by: TestCaller, bank: TestBank, account: string, id = newId()) => {
      const [entry] = (await two.admin.get(`${bank.base}/accounts/${account}/entries?kind=service`).expect(200)).body.items;
      const [from, to] = entry.minutes > 0 ? [account, entry.otherAccountId] : [entry.otherAccountId, account];
      const body = {
        kind: 'reversal',
        fromAccountId: from,
        toAccountId: to,
        minutes: Math.abs(entry.minutes),
        reversesId: entry.transferId,
        reasonCode: 'correction',
      };
      return two.transfer(by, bank, body, id);
    };
    const standing = async () =>
      [await two.balance(two.home, two.guest.accountId), await two.balance(two.host, two.client.accountId)] as const;

    it.each(['the client’s bank', 'the volunteer’s bank'])('from %s takes both legs back', async (where) => {
      const visitId = await two.help();
      const [earned, left] = await standing();
      expect(await two.approve([visitId])).toMatchObject([{ outcome: 'approved' }]);
      expect(await standing()).toEqual([earned + 60, left - 60]);
      const [bank, account] = where === 'the client’s bank' ? [two.host, two.client.accountId] : [two.home, two.guest.accountId];
      const id = newId();
      expect((await reverse(bank.coordinator.caller, bank, account)).status).toBe(403);
      expect((await reverse(two.admin, bank, account, id)).status).toBe(201);
      expect((await reverse(two.admin, bank, account, id)).status).toBe(200);
      expect(await standing()).toEqual([earned, left]);
      const again = await reverse(two.admin, bank, account);
      expect(again.body.code).toBe('ledger/already_reversed');
      const { body } = await two.host.coordinator.caller.get(`${two.host.base}/visits/${visitId}`).expect(200);
      expect(body.decision.reversed).toBe(true);
      expect((await two.position(two.home, two.host)).inFlightMinutes).toBe(0);
    });

    it('takes back what the savings cap of the home bank had sent on', async () => {
      // More than anybody of this bank ever had, since an audit looks at limits as they are now.
      await two.grant(two.home, two.guest.accountId, 400);
      const earned = await two.balance(two.home, two.guest.accountId);
      const visitId = await two.help();
      await two.policy(two.home, 'savingsCapMinutes', earned + 20);
      await two.city.app.get(ApplySavingsCap, { strict: false }).run(two.home.bankId);
      expect(await two.approve([visitId])).toMatchObject([{ outcome: 'approved' }]);
      expect([await two.balance(two.home, two.guest.accountId), await two.balance(two.home, two.home.pool)]).toEqual([earned + 20, 40]);
      expect(await two.position(two.home, two.host)).toMatchObject({ inFlightMinutes: 0, oldestInFlightAt: null });
      expect((await reverse(two.admin, two.host, two.client.accountId)).status).toBe(201);
      expect([await two.balance(two.home, two.guest.accountId), await two.balance(two.home, two.home.pool)]).toEqual([earned, 0]);
      expect((await two.city.app.get(AuditBooks, { strict: false }).run([two.home.bankId, two.host.bankId])).faults).toEqual([]);
    });
  });

  describe('gifts and donations', () => {
    it('reach a relative and the pool of another bank', async () => {
      const daughter = await two.city.register(two.home.coordinator.caller, two.home.bankId, 'volunteer');
      await two.grant(two.home, daughter.accountId, 100);
      const gift = {
        kind: 'gift',
        fromAccountId: daughter.accountId,
        toAccountId: two.client.accountId,
        minutes: 30,
        toBankId: two.host.bankId,
      };
      expect((await two.transfer(daughter.caller, two.home, { ...gift, toBankId: undefined }).expect(404)).body.code).toBe(
        'ledger/account_not_found',
      );
      expect((await two.transfer(daughter.caller, two.home, gift).expect(422)).body.code).toBe('hours/not_a_relative');
      expect((await two.transfer(daughter.caller, two.home, { ...gift, toBankId: newId() }).expect(404)).body.code).toBe('banks/not_found');
      expect((await two.transfer(daughter.caller, two.home, { ...gift, toBankId: two.third.bankId }).expect(422)).body.code).toBe(
        'banks/interchange_off',
      );
      const path = `${two.home.base}/members/${daughter.memberId}/relations/${two.client.memberId}`;
      await two.home.coordinator.caller.put(path, { kind: 'parent', otherBankId: two.host.bankId }).expect(201);
      await two.host.coordinator.caller
        .put(`${two.host.base}/members/${two.client.memberId}/relations/${daughter.memberId}/confirmation`)
        .expect(201);
      const before = await two.balance(two.host, two.client.accountId);
      const id = newId();
      const given = await two.transfer(daughter.caller, two.home, gift, id).expect(201);
      expect(given.body).toMatchObject({ kind: 'gift', minutes: 30, toAccountId: two.client.accountId });
      expect((await two.transfer(daughter.caller, two.home, gift, id).expect(200)).body).toEqual(given.body);
      expect(await two.balance(two.host, two.client.accountId)).toBe(before + 30);
      const donation = { ...gift, kind: 'donation', toAccountId: two.host.pool };
      await two.transfer(daughter.caller, two.home, donation).expect(201);
      expect(await two.balance(two.host, two.host.pool)).toBe(30);
      expect((await two.transfer(daughter.caller, two.home, { ...donation, toAccountId: two.host.fund }).expect(422)).body.code).toBe(
        'hours/wrong_account',
      );
      const grant = {
        kind: 'grant',
        fromAccountId: two.home.fund,
        toAccountId: two.client.accountId,
        minutes: 1,
        toBankId: two.host.bankId,
      };
      expect((await two.transfer(two.admin, two.home, grant).expect(422)).body.code).toBe('hours/another_bank');
    });
  });
});
