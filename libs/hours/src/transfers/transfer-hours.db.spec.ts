import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { AccessModule, type Actor } from '@timebank/access';
import { BanksModule, PutBank, PutPolicy } from '@timebank/banks';
import type { Bank, RelationKind, RoleName, TransferInput } from '@timebank/contract';
import { HoursModule, ShowGiving, TransferHours } from '@timebank/hours';
import { newId } from '@timebank/kernel';
import { AuditLedger, LedgerModule, PostTransfers, ReadAccount, SetLimits, type Posting } from '@timebank/ledger';
import { MembersModule, PutMember, PutRelation, SpeakOfRelation } from '@timebank/members';
import { openRooms, testStart, type TestRooms, stored } from '@timebank/testing';

type Somebody = { memberId: string; accountId: string; actor: Actor };

describe('what people do with minutes', () => {
  let rooms: TestRooms;
  let bank: Bank;
  let giver: Somebody;
  let elder: Somebody;
  let recorder: Actor;
  let serial = 0;
  beforeAll(async () => {
    rooms = await openRooms([AccessModule.forRoot({ secretKey: 'x'.repeat(32) }), BanksModule, MembersModule, LedgerModule, HoursModule]);
  });
  beforeEach(async () => {
    bank = await openBank();
    recorder = staff('coordinator');
    [giver, elder] = [await join(), await join('1960-05-01')];
  });
  afterAll(() => rooms.close());

  async function openBank(): Promise<Bank> {
    return (await rooms.get(PutBank).run(newId(), { name: 'Drum Tower', phone: '025-83330000', timeZone: 'Asia/Shanghai' })).value;
  }
  async function join(birthDate = '1990-01-01'): Promise<Somebody> {
    serial += 1;
    const memberId = newId();
    const { value } = await rooms
      .get(PutMember)
      .run(bank.bankId, memberId, { name: `Member ${serial}`, birthDate, roles: ['volunteer', 'client'] });
    return {
      memberId,
      accountId: value.accountId,
      actor: { personId: memberId, roles: [{ role: 'volunteer', bankId: bank.bankId, memberId }] },
    };
  }
  const staff = (role: RoleName, bankId: string | null = bank.bankId): Actor => ({
    personId: newId(),
    roles: [{ role, bankId, memberId: null }],
  });
  const record = (one: Somebody, other: Somebody, kind: RelationKind) =>
    rooms.get(PutRelation).run(recorder, bank.bankId, one.memberId, other.memberId, kind);
  async function relate(one: Somebody, other: Somebody, kind: RelationKind): Promise<void> {
    await record(one, other, kind);
    await rooms.get(SpeakOfRelation).confirm(staff('coordinator'), bank.bankId, one.memberId, other.memberId);
  }
  const send = (actor: Actor, input: TransferInput, transferId = newId()) =>
    stored(rooms.get(TransferHours).run(actor, bank.bankId, transferId, input));
  const minutesOf = async (accountId: string) => (await rooms.get(ReadAccount).run(bank.bankId, accountId)).balanceMinutes;
  const grantTo = (somebody: Somebody, minutes = 300): TransferInput => ({
    kind: 'grant',
    fromAccountId: bank.accounts.fund,
    toAccountId: somebody.accountId,
    minutes,
  });
  const giftTo = (somebody: Somebody, minutes = 30): TransferInput => ({
    kind: 'gift',
    fromAccountId: giver.accountId,
    toAccountId: somebody.accountId,
    minutes,
  });
  const refused = (code: string, more: object = {}) => expect.objectContaining({ code, ...more });

  describe('a grant', () => {
    it('is given by the admin of the bank or the city, issuance covering the fund', async () => {
      const { first, value } = await send(staff('admin'), grantTo(elder));
      expect(first).toBe(true);
      expect(value).toMatchObject({ kind: 'grant', class: null, minutes: 300, at: testStart.toISOString(), reversesId: null });
      await send(staff('admin', null), grantTo(elder, 60));
      expect([await minutesOf(elder.accountId), await minutesOf(bank.accounts.fund)]).toEqual([360, 0]);
    });

    it.each(['volunteer', 'client', 'coordinator', 'auditor'] as const)('is not given by a %s', async (role) => {
      await expect(send(staff(role), grantTo(elder))).rejects.toEqual(refused('access/not_allowed'));
    });

    it('is not given by the admin of another bank', async () => {
      await expect(send(staff('admin', newId()), grantTo(elder))).rejects.toEqual(refused('access/not_allowed'));
    });

    it('comes from fund or pool and goes to a member', async () => {
      const wrong = (path: string) => refused('hours/wrong_account', { path });
      await expect(send(staff('admin'), { ...grantTo(elder), fromAccountId: giver.accountId })).rejects.toEqual(
        wrong('body.fromAccountId'),
      );
      await expect(send(staff('admin'), { ...grantTo(elder), toAccountId: bank.accounts.pool })).rejects.toEqual(wrong('body.toAccountId'));
      await expect(send(staff('admin'), { ...grantTo(elder), fromAccountId: bank.accounts.pool })).rejects.toEqual(
        refused('ledger/overdraft'),
      );
    });

    it('issues no more than the policy of the day allows', async () => {
      const policy = { key: 'issueLimitMinutes', value: 100, validFrom: '2026-03-03', source: 'council' };
      await rooms.get(PutPolicy).run(staff('admin'), bank.bankId, newId(), policy);
      await send(staff('admin'), grantTo(elder, 90));
      rooms.clock.advance(24 * 60);
      await expect(send(staff('admin'), grantTo(elder, 11))).rejects.toEqual(
        refused('ledger/issue_limit', { parameters: { roomMinutes: 10 }, path: 'body.minutes' }),
      );
      await send(staff('admin'), grantTo(elder, 10));
      rooms.clock.set(testStart);
    });

    it('is the same again under its id, also five times at once', async () => {
      const transferId = newId();
      const all = await Promise.all(Array.from({ length: 5 }, () => send(staff('admin'), grantTo(elder), transferId)));
      expect(all.filter(({ first }) => first)).toHaveLength(1);
      expect(new Set(all.map(({ value }) => JSON.stringify(value))).size).toBe(1);
      await expect(send(staff('admin'), grantTo(elder, 299), transferId)).rejects.toEqual(refused('ledger/id_reused'));
      await expect(send(staff('admin'), grantTo(giver), transferId)).rejects.toEqual(refused('ledger/id_reused'));
    });
  });

  describe('a gift', () => {
    beforeEach(async () => {
      await send(staff('admin'), grantTo(giver));
    });

    it.each(['spouse', 'parent', 'child', 'grandparent', 'grandchild'] as const)('goes to a relative over sixty, the %s', async (kind) => {
      await relate(giver, elder, kind);
      expect((await send(giver.actor, giftTo(elder))).value).toMatchObject({ kind: 'gift', minutes: 30 });
      expect([await minutesOf(giver.accountId), await minutesOf(elder.accountId)]).toEqual([270, 30]);
    });

    it('C9: says to its owner alone who may receive it, and why others may not', async () => {
      const kinds = { spouse: elder, child: await join(), sibling: await join('1960-05-02') };
      for (const kind of ['spouse', 'child', 'sibling'] as const) await relate(giver, kinds[kind], kind);
      const ask = (actor: Actor) => rooms.get(ShowGiving).run(actor, bank.bankId, giver.accountId);
      const found = (await ask(giver.actor)).relatives.map(({ kind, accountId, refusal }) => [kind, accountId ?? refusal]);
      expect(Object.fromEntries(found)).toEqual({ spouse: elder.accountId, child: 'too_young', sibling: 'not_a_relative' });
      for (const actor of [elder.actor, staff('coordinator')]) await expect(ask(actor)).rejects.toEqual(refused('access/not_allowed'));
    });

    it.each(['sibling', 'household'] as const)('does not go to a %s, nor to a stranger', async (kind) => {
      await relate(elder, giver, kind);
      await expect(send(giver.actor, giftTo(elder))).rejects.toEqual(refused('hours/not_a_relative'));
      await expect(send(giver.actor, giftTo(await join('1950-01-01')))).rejects.toEqual(refused('hours/not_a_relative'));
    });

    it("waits for the sixtieth birthday on the bank's calendar", async () => {
      const mother = await join('1966-03-03');
      await relate(mother, giver, 'child');
      await expect(send(giver.actor, giftTo(mother))).rejects.toEqual(
        refused('hours/recipient_too_young', { parameters: { fromAge: 60 } }),
      );
      rooms.clock.set(new Date('2026-03-02T16:00:00Z'));
      await send(giver.actor, giftTo(mother));
      rooms.clock.set(testStart);
    });

    it("comes from the giver's own account only", async () => {
      await relate(giver, elder, 'parent');
      await expect(send(elder.actor, giftTo(elder))).rejects.toEqual(refused('access/not_allowed'));
      await expect(send(staff('admin'), giftTo(elder))).rejects.toEqual(refused('access/not_allowed'));
      await expect(send(giver.actor, { ...giftTo(elder), fromAccountId: bank.accounts.fund })).rejects.toEqual(
        refused('access/not_allowed'),
      );
    });

    it('goes to a person, not to the giver and not to an institution', async () => {
      await expect(send(giver.actor, giftTo(giver))).rejects.toEqual(refused('ledger/same_account'));
      await expect(send(giver.actor, { ...giftTo(elder), toAccountId: bank.accounts.fund })).rejects.toEqual(
        refused('hours/wrong_account'),
      );
    });

    it('stays inside the bank unless another one is named that there is', async () => {
      const here = bank;
      bank = await openBank();
      const stranger = await join('1950-01-01');
      bank = here;
      await expect(send(giver.actor, giftTo(stranger))).rejects.toEqual(refused('ledger/account_not_found', { path: 'body.toAccountId' }));
      await expect(send(giver.actor, { ...giftTo(stranger), toBankId: newId() })).rejects.toEqual(
        refused('banks/not_found', { path: 'body.toBankId' }),
      );
      await relate(giver, elder, 'parent');
      await send(giver.actor, { ...giftTo(elder), toBankId: bank.bankId });
    });

    it('is refused once and for ever when the minutes are short', async () => {
      await relate(giver, elder, 'parent');
      const transferId = newId();
      const short = refused('ledger/overdraft', { parameters: { availableMinutes: 300 }, path: 'body.minutes' });
      await expect(send(giver.actor, giftTo(elder, 301), transferId)).rejects.toEqual(short);
      await send(staff('admin'), grantTo(giver));
      await expect(send(giver.actor, giftTo(elder, 301), transferId)).rejects.toEqual(short);
    });

    it('given before is answered again, whatever has changed since', async () => {
      await relate(giver, elder, 'parent');
      const transferId = newId();
      const { value } = await send(giver.actor, giftTo(elder), transferId);
      await rooms
        .get(PutPolicy)
        .run(staff('admin'), bank.bankId, newId(), { key: 'giftRecipientFromAge', value: 70, validFrom: '2026-03-03', source: 'council' });
      rooms.clock.advance(24 * 60);
      expect(await send(giver.actor, giftTo(elder), transferId)).toEqual({ first: false, value });
      await expect(send(giver.actor, giftTo(elder))).rejects.toEqual(refused('hours/recipient_too_young'));
      rooms.clock.set(testStart);
    });
  });

  describe('a donation', () => {
    it('goes from a member to the pool, and from there to an elder', async () => {
      await send(staff('admin'), grantTo(giver));
      const donation: TransferInput = { kind: 'donation', fromAccountId: giver.accountId, toAccountId: bank.accounts.pool, minutes: 100 };
      await send(giver.actor, donation);
      expect(await minutesOf(bank.accounts.pool)).toBe(100);
      await expect(send(elder.actor, donation)).rejects.toEqual(refused('access/not_allowed'));
      await expect(send(giver.actor, { ...donation, toAccountId: elder.accountId })).rejects.toEqual(refused('hours/wrong_account'));
      await send(staff('admin'), { ...grantTo(elder, 100), fromAccountId: bank.accounts.pool });
      expect(await minutesOf(elder.accountId)).toBe(100);
    });
  });

  describe('a reversal', () => {
    const reversalOf = (input: TransferInput, reversesId: string): TransferInput => ({
      kind: 'reversal',
      fromAccountId: input.toAccountId,
      toAccountId: input.fromAccountId,
      minutes: input.minutes,
      reversesId,
      reasonCode: 'correction',
    });

    it("is an admin's, whole, and once", async () => {
      const grantId = newId();
      await send(staff('admin'), grantTo(elder), grantId);
      const reversal = reversalOf(grantTo(elder), grantId);
      await expect(send(elder.actor, reversal)).rejects.toEqual(refused('access/not_allowed'));
      await expect(send(staff('admin'), { ...reversal, minutes: 299 })).rejects.toEqual(refused('ledger/reversal_differs'));
      const reversalId = newId();
      expect((await send(staff('admin'), reversal, reversalId)).value).toMatchObject({ kind: 'reversal', reversesId: grantId });
      expect((await send(staff('admin'), reversal, reversalId)).first).toBe(false);
      await expect(send(staff('admin'), reversal)).rejects.toEqual(refused('ledger/already_reversed', { path: 'body.reversesId' }));
      await expect(send(staff('admin'), reversalOf(reversal, reversalId))).rejects.toEqual(refused('ledger/reversal_of_reversal'));
      await expect(send(staff('admin'), { ...reversal, reversesId: newId() })).rejects.toEqual(refused('ledger/transfer_not_found'));
    });

    it('names its original, and nothing else does', async () => {
      const { reversesId, ...reversal } = reversalOf(grantTo(elder), newId());
      await expect(send(staff('admin'), reversal)).rejects.toEqual(refused('request/malformed', { path: 'body.reversesId' }));
      await expect(send(staff('admin'), { ...grantTo(elder), reversesId })).rejects.toEqual(refused('request/malformed'));
    });

    it('of a service takes back what the cap sent on, and keeps visit and class', async () => {
      await send(staff('admin'), grantTo(elder));
      await rooms.get(SetLimits).run(bank.bankId, giver.accountId, { floorMinutes: 0, ceilingMinutes: 40 });
      const service: Posting = {
        bankId: bank.bankId,
        transferId: newId(),
        debitAccountId: elder.accountId,
        creditAccountId: giver.accountId,
        minutes: 60,
        kind: 'service',
        class: 'manual',
        visitId: newId(),
        reversesId: null,
        memoCode: null,
        actorId: newId(),
        effectiveAt: testStart,
        holdId: null,
        overflow: { accountId: bank.accounts.pool, transferId: newId() },
        cover: null,
      };
      await rooms.get(PostTransfers).run([service]);
      const reversal: TransferInput = {
        kind: 'reversal',
        fromAccountId: giver.accountId,
        toAccountId: elder.accountId,
        minutes: 40,
        reversesId: service.transferId,
        reasonCode: 'correction',
      };
      expect((await send(staff('admin'), reversal)).value).toMatchObject({ minutes: 40, class: 'manual', visitId: service.visitId });
      expect([await minutesOf(elder.accountId), await minutesOf(giver.accountId), await minutesOf(bank.accounts.pool)]).toEqual([
        300, 0, 0,
      ]);
    });
  });

  it('leaves the ledger sound', async () => {
    const banks = await rooms.database.query<{ bank_id: string }>('select bank_id from bank');
    const audit = await rooms.get(AuditLedger).run(banks.map((row) => row.bank_id));
    expect(audit.faults).toEqual([]);
    expect(audit.accounts).toBeGreaterThan(100);
  });
});
