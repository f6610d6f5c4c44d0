import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { AccessModule, type Actor } from '@timebank/access';
import { BanksModule, PutBank, PutPolicy } from '@timebank/banks';
import type { Bank, RelationKind } from '@timebank/contract';
import { HoursModule, type SettlementInput, SettleMember, TransferHours } from '@timebank/hours';
import { newId } from '@timebank/kernel';
import { AuditLedger, LedgerModule, ReadAccount } from '@timebank/ledger';
import { BankRoles, MembersModule, PutMember, PutRelation, ReadMember } from '@timebank/members';
import { PutRequest, RequestsModule } from '@timebank/requests';
import { openRooms, testStart, type TestRooms } from '@timebank/testing';
import { GetVisit, IssueCard, PlanVisit, ScanCard, VisitsModule } from '@timebank/visits';

type Somebody = { memberId: string; accountId: string; actor: Actor };
const refused = (code: string, more: object = {}) => expect.objectContaining({ code, ...more });

describe('seeing a member off', () => {
  let rooms: TestRooms;
  let bank: Bank;
  let admin: Actor;
  let coordinator: Actor;
  let serial = 0;
  let leaver: Somebody;
  let spouse: Somebody;
  beforeAll(async () => {
    const visits = VisitsModule.forRoot({ origin: 'http://localhost', originIsPublic: false });
    const access = AccessModule.forRoot({ secretKey: 'x'.repeat(32) });
    rooms = await openRooms([access, BanksModule, MembersModule, LedgerModule, HoursModule, RequestsModule, visits]);
  });
  beforeEach(async () => {
    rooms.clock.set(testStart);
    bank = (await rooms.get(PutBank).run(newId(), { name: 'Drum Tower', phone: '025-83330000', timeZone: 'Asia/Shanghai' })).value;
    admin = { personId: newId(), roles: [{ role: 'admin', bankId: bank.bankId, memberId: null }] };
    coordinator = { personId: newId(), roles: [{ role: 'coordinator', bankId: bank.bankId, memberId: null }] };
    leaver = await join();
    spouse = await related('spouse', '1950-01-01');
    await grant(leaver, 1_000);
  });
  afterAll(() => rooms.close());

  async function join(birthDate = '1940-01-01'): Promise<Somebody> {
    serial += 1;
    const input = { name: `Member ${serial}`, birthDate, roles: ['client' as const, 'volunteer' as const] };
    const { memberId, accountId } = (await rooms.get(PutMember).run(bank.bankId, newId(), input)).value;
    return {
      memberId,
      accountId,
      actor: { personId: memberId, roles: input.roles.map((role) => ({ role, bankId: bank.bankId, memberId })) },
    };
  }
  async function related(kind: RelationKind, birthDate: string): Promise<Somebody> {
    const other = await join(birthDate);
    await rooms.get(PutRelation).run(coordinator, bank.bankId, leaver.memberId, other.memberId, kind);
    return other;
  }
  const liftLimit = () => {
    const rule = { key: 'secondPersonAboveMinutes', value: 90_000, validFrom: '2026-03-02', source: 'council' };
    return rooms.get(PutPolicy).run(admin, null, newId(), rule);
  };
  const grant = (to: Somebody, minutes: number) =>
    rooms
      .get(TransferHours)
      .run(admin, bank.bankId, newId(), { kind: 'grant', fromAccountId: bank.accounts.fund, toAccountId: to.accountId, minutes });
  const settling = (more: Partial<SettlementInput> = {}): SettlementInput => ({
    memberId: leaver.memberId,
    reason: 'death',
    leftOn: '2026-03-01',
    heirs: [],
    restTo: null,
    ...more,
  });
  const settle = (input: SettlementInput, settlementId = newId(), actor = admin) =>
    rooms.get(SettleMember).run(actor, bank.bankId, settlementId, input);
  const minutesOf = async (accountId: string) => (await rooms.get(ReadAccount).run(bank.bankId, accountId)).balanceMinutes;
  const standing = async () => {
    const { left, roles, disabled } = await rooms.get(ReadMember).whole(bank.bankId, leaver.memberId);
    return { left, roles, disabled, isClosed: (await rooms.get(ReadAccount).run(bank.bankId, leaver.accountId)).closedAt !== null };
  };
  async function ask(client: Somebody, startsInMinutes = 60): Promise<string> {
    const requestId = newId();
    const startsAt = new Date(testStart.getTime() + startsInMinutes * 60_000).toISOString();
    await rooms
      .get(PutRequest)
      .run(client.actor, bank.bankId, requestId, { clientId: client.memberId, serviceKind: 'company', startsAt, minutes: 60 });
    return requestId;
  }
  async function plan(client: Somebody, volunteer: Somebody): Promise<{ visitId: string; requestId: string }> {
    const [visitId, requestId] = [newId(), await ask(client)];
    await rooms.get(PlanVisit).run(volunteer.actor, bank.bankId, visitId, { requestId, volunteerId: volunteer.memberId });
    return { visitId, requestId };
  }
  const stateOf = async (requestId: string) =>
    (await rooms.database.query<{ state: string }>('select state from request where request_id = $1', [requestId]))[0]?.state;

  it('gives what is left to the donation pool, closes the account, ends roles and sign-in, and keeps the member', async () => {
    const { first, value } = await settle(settling());
    expect(first).toBe(true);
    expect(value).toMatchObject({ balanceMinutes: 1_000, shares: [{ accountId: bank.accounts.pool, minutes: 1_000, overflowMinutes: 0 }] });
    expect([await minutesOf(leaver.accountId), await minutesOf(bank.accounts.pool)]).toEqual([0, 1_000]);
    expect(await standing()).toEqual({ left: { on: '2026-03-01', reason: 'death' }, roles: [], disabled: true, isClosed: true });
    const rows = await rooms.database.query('select kind, minutes from transfer where debit_account_id = $1', [leaver.accountId]);
    expect(rows).toEqual([{ kind: 'settlement', minutes: 1_000 }]);
    await expect(grant(leaver, 1)).rejects.toEqual(refused('ledger/account_closed'));
    const appointed = rooms.get(BankRoles).put(admin, bank.bankId, leaver.memberId, 'coordinator');
    await expect(appointed).rejects.toEqual(refused('members/disabled'));
  });

  it('hands it to a spouse, or splits it between relatives and the pool', async () => {
    const child = await related('child', '1966-03-02');
    const { value } = await settle(
      settling({
        reason: 'moved',
        heirs: [
          { memberId: spouse.memberId, minutes: 600 },
          { memberId: child.memberId, minutes: 250 },
        ],
      }),
    );
    expect(value.shares.map((share) => [share.accountId, share.minutes])).toEqual([
      [spouse.accountId, 600],
      [child.accountId, 250],
      [bank.accounts.pool, 150],
    ]);
    expect((await standing()).disabled).toBe(false);
    leaver = await join();
    await rooms.get(PutRelation).run(coordinator, bank.bankId, leaver.memberId, spouse.memberId, 'spouse');
    await grant(leaver, 77);
    await settle(settling({ restTo: spouse.memberId }));
    expect([await minutesOf(spouse.accountId), await minutesOf(bank.accounts.pool)]).toEqual([677, 150]);
  });

  it.each(['pool', 'honour'] as const)("sends on to %s what an heir's ceiling does not take", async (overflowTo) => {
    const policy = { key: 'overflowTo', value: overflowTo, validFrom: '2026-03-02', source: 'council' };
    await rooms.get(PutPolicy).run(admin, bank.bankId, newId(), policy);
    await liftLimit();
    await grant(spouse, 89_400);
    const { value } = await settle(settling({ restTo: spouse.memberId }));
    expect(value.shares).toEqual([expect.objectContaining({ minutes: 600, overflowMinutes: 400 })]);
    expect([await minutesOf(spouse.accountId), await minutesOf(bank.accounts[overflowTo])]).toEqual([90_000, 400]);
  });

  it('sends all of it on when an heir has no room at all', async () => {
    await liftLimit();
    await grant(spouse, 90_000);
    const settlementId = newId();
    const { value } = await settle(settling({ restTo: spouse.memberId }), settlementId);
    expect(value.shares).toEqual([expect.objectContaining({ minutes: 0, overflowMinutes: 1_000 })]);
    expect((await settle(settling({ restTo: spouse.memberId }), settlementId)).value).toEqual(value);
  });

  it('closes an empty account without a transfer', async () => {
    leaver = await join();
    expect((await settle(settling({ reason: 'wish' }))).value).toMatchObject({ balanceMinutes: 0, shares: [] });
    expect((await standing()).isClosed).toBe(true);
  });

  it('calls off what is planned first, so that held minutes are handed on too', async () => {
    const asClient = await plan(leaver, spouse);
    const alone = await ask(leaver, 300);
    await grant(spouse, 60);
    const asVolunteer = await plan(spouse, leaver);
    const { value } = await settle(settling());
    expect(value.balanceMinutes).toBe(1_000);
    for (const { visitId } of [asClient, asVolunteer]) {
      expect((await rooms.get(GetVisit).run(coordinator, bank.bankId, visitId)).state).toBe('cancelled');
    }
    expect([await stateOf(asClient.requestId), await stateOf(alone), await stateOf(asVolunteer.requestId)]).toEqual([
      'cancelled',
      'cancelled',
      'open',
    ]);
    expect((await rooms.get(ReadAccount).run(bank.bankId, spouse.accountId)).heldOutMinutes).toBe(0);
  });

  it('waits for a visit that has begun, and leaves everything as it was', async () => {
    const card = await rooms.get(IssueCard).run(coordinator, bank.bankId, leaver.memberId);
    const { visitId } = await plan(leaver, spouse);
    rooms.clock.advance(60);
    await rooms.get(ScanCard).run(spouse.actor, bank.bankId, visitId, newId(), { kind: 'in', card: card.code });
    await expect(settle(settling())).rejects.toEqual(refused('settlements/visit_under_way', { parameters: { visitId } }));
    expect(await standing()).toEqual({ left: null, roles: ['client', 'volunteer'], disabled: false, isClosed: false });
    expect(await minutesOf(leaver.accountId)).toBe(1_000);
  });

  it('is the same again under its id, also five times at once, and happens once', async () => {
    const [settlementId, input] = [newId(), settling({ heirs: [{ memberId: spouse.memberId, minutes: 10 }] })];
    const all = await Promise.all(Array.from({ length: 5 }, () => settle(input, settlementId)));
    expect(all.filter(({ first }) => first)).toHaveLength(1);
    expect(new Set(all.map(({ value }) => JSON.stringify(value.shares))).size).toBe(1);
    await expect(settle({ ...input, heirs: [] }, settlementId)).rejects.toEqual(refused('settlements/id_reused'));
    await expect(settle(input)).rejects.toEqual(refused('settlements/already_left'));
    expect(await minutesOf(bank.accounts.pool)).toBe(990);
  });

  it('refuses what is not sound, and leaves everything as it was', async () => {
    const sibling = await related('sibling', '1950-01-01');
    const young = await related('child', '1966-03-03');
    const to = (heir: Somebody, minutes = 10) => settling({ heirs: [{ memberId: heir.memberId, minutes }] });
    await expect(settle(to(sibling))).rejects.toEqual(refused('hours/not_a_relative'));
    await expect(settle(to(await join()))).rejects.toEqual(refused('hours/not_a_relative'));
    await expect(settle(to(young))).rejects.toEqual(refused('hours/recipient_too_young', { parameters: { fromAge: 60 } }));
    await expect(settle(to(leaver))).rejects.toEqual(refused('settlements/own_heir'));
    await expect(settle({ ...to(spouse), restTo: spouse.memberId })).rejects.toEqual(refused('settlements/listed_twice'));
    await expect(settle(to(spouse, 1_001))).rejects.toEqual(refused('ledger/overdraft', { parameters: { availableMinutes: 1_000 } }));
    for (const minutes of [0, -5, 1.5]) await expect(settle(to(spouse, minutes))).rejects.toEqual(refused('ledger/unsound_minutes'));
    await expect(settle(settling({ leftOn: '2026-03-03' }))).rejects.toEqual(
      refused('settlements/day_in_future', { parameters: { day: '2026-03-02' } }),
    );
    await expect(settle(settling({ memberId: newId() }))).rejects.toEqual(refused('members/not_found'));
    await expect(settle(settling(), newId(), coordinator)).rejects.toEqual(refused('access/not_allowed'));
    const heir: Actor = { ...admin, personId: spouse.memberId };
    await expect(settle(to(spouse), newId(), heir)).rejects.toEqual(refused('settlements/second_person_needed'));
    expect(await standing()).toMatchObject({ left: null, isClosed: false });
    expect(await minutesOf(leaver.accountId)).toBe(1_000);
  });

  it('leaves the ledger sound', async () => {
    const banks = await rooms.database.query<{ bank_id: string }>('select bank_id from bank');
    const audit = await rooms.get(AuditLedger).run(banks.map((row) => row.bank_id));
    expect(audit.faults).toEqual([]);
    expect(audit.transfers).toBeGreaterThan(20);
  });
});
