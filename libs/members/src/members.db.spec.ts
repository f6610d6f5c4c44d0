import { afterAll, beforeAll, beforeEach, describe, expect, it, jest } from '@jest/globals';
import { AccessModule, type Actor, CityRoles, CodeSender, FirstAdmin, SignIn, Sessions } from '@timebank/access';
import { BanksModule, PutBank } from '@timebank/banks';
import type { MemberInput, RoleName } from '@timebank/contract';
import { newId } from '@timebank/kernel';
import {
  BankRoles,
  FindMembers,
  HasQualification,
  ListMembers,
  MembersModule,
  OwnMember,
  PatchMember,
  PutMember,
  PutQualification,
  PutRelation,
  ReadMember,
  RelatedMembers,
} from '@timebank/members';
import { openRooms, type TestRooms, stored } from '@timebank/testing';

const password = 'a good long password';
let serial = 0;

describe('members', () => {
  let rooms: TestRooms;
  let bankId: string;
  beforeAll(async () => {
    rooms = await openRooms([AccessModule.forRoot({ secretKey: 'x'.repeat(32) }), BanksModule, MembersModule]);
  });
  afterAll(() => rooms.close());
  beforeEach(async () => {
    bankId = await openBank();
  });

  async function openBank(): Promise<string> {
    const id = newId();
    await rooms.get(PutBank).run(id, { name: 'Drum Tower', phone: '025-83330000', timeZone: 'Asia/Shanghai' });
    return id;
  }
  function somebody(given: Partial<MemberInput> = {}): MemberInput {
    serial += 1;
    return { name: `Member ${serial}`, birthDate: '1948-05-01', roles: ['volunteer'], ...given };
  }
  const nextPhone = () => String(13_600_000_000 + (serial += 1));
  const put = (input: MemberInput, memberId = newId(), bank = bankId) => rooms.get(PutMember).run(bank, memberId, input);
  const actorWith = (role: RoleName, bank: string | null = bankId): Actor => ({
    personId: newId(),
    roles: [{ role, bankId: bank, memberId: null }],
  });
  /** A coordinator who is somebody: what two people do is kept with their names. */
  const realActor = async (): Promise<Actor> => {
    const { value } = await put(somebody());
    await rooms.get(BankRoles).put(actorWith('admin'), bankId, value.memberId, 'coordinator');
    return { personId: value.memberId, roles: [{ role: 'coordinator', bankId, memberId: value.memberId }] };
  };
  const signIn = (phone: string, given = password) => rooms.get(SignIn).run({ phone, password: given });

  describe('registering', () => {
    it('gives a number, an account under the savings cap, roles and a sign-in that works at once', async () => {
      const phone = nextPhone();
      const { first, value } = await put(somebody({ roles: ['client', 'volunteer'], phone, password }));
      expect(first).toBe(true);
      expect(value).toMatchObject({ bankId, roles: ['client', 'volunteer'], canSignIn: true, disabled: false, version: 1 });
      expect(value.memberNumber).toMatch(/^\d{3}000001$/);
      const [account] = await rooms.database.query<{ ceiling: number }>(
        'select ceiling_minutes::int as ceiling from account where account_id = $1 and owner_id = $2',
        [value.accountId, value.memberId],
      );
      expect(account?.ceiling).toBe(90_000);
      const { actor } = await signIn(phone);
      expect(actor.roles.map(({ role }) => role).sort()).toEqual(['client', 'volunteer']);
      expect(await rooms.get(OwnMember).run(actor)).toEqual({
        memberId: value.memberId,
        bankId,
        name: value.name,
        memberNumber: value.memberNumber,
        accountId: value.accountId,
      });
    });

    it('takes the same member five times at once as one', async () => {
      const [input, memberId] = [somebody({ phone: nextPhone(), password }), newId()];
      const all = await Promise.all(Array.from({ length: 5 }, () => put(input, memberId)));
      expect(all.filter(({ first }) => first)).toHaveLength(1);
      expect(new Set(all.map(({ value }) => value.memberNumber)).size).toBe(1);
    });

    it('leaves the password out of what makes a repeat, and holds after a change', async () => {
      const [input, memberId] = [somebody({ phone: nextPhone(), password }), newId()];
      await put(input, memberId);
      await rooms.get(PatchMember).run(actorWith('coordinator'), bankId, memberId, { version: 1, name: 'Renamed' });
      expect(await put({ ...input, password: 'another password' }, memberId)).toMatchObject({
        first: false,
        value: { name: 'Renamed', version: 2 },
      });
      await expect(put({ ...input, birthDate: '1950-01-01' }, memberId)).rejects.toMatchObject({ code: 'members/id_reused' });
    });

    it('refuses a member id that another bank has', async () => {
      const [input, memberId] = [somebody(), newId()];
      await put(input, memberId);
      await expect(put(input, memberId, await openBank())).rejects.toMatchObject({ code: 'members/id_reused' });
    });

    it('refuses the same name and birth date in the bank, however composed, and names the member', async () => {
      const { value } = await put(somebody({ name: 'Zo\u00eb' }));
      await expect(put(somebody({ name: 'Zoe\u0308' }))).rejects.toMatchObject({
        code: 'members/duplicate',
        parameters: { memberId: value.memberId },
      });
      expect((await put(somebody({ name: 'Zo\u00eb' }), newId(), await openBank())).first).toBe(true);
    });

    it('tells which member has a sign-in phone only within the bank, and never the name', async () => {
      const phone = nextPhone();
      const { value } = await put(somebody({ phone, password }));
      await expect(put(somebody({ phone, password }))).rejects.toMatchObject({
        code: 'members/phone_in_use',
        parameters: { memberId: value.memberId },
      });
      await expect(put(somebody({ phone, password }), newId(), await openBank())).rejects.toMatchObject({
        code: 'members/phone_in_use',
        parameters: {},
      });
      expect((await put(somebody({ phone }))).value).toMatchObject({ phone, canSignIn: false });
    });

    it('refuses a password without a phone, and a bank that is not there', async () => {
      await expect(put(somebody({ password }))).rejects.toMatchObject({ code: 'members/phone_needed' });
      await expect(put(somebody(), newId(), newId())).rejects.toMatchObject({ code: 'banks/not_found' });
    });
  });

  describe('changing', () => {
    const patch = (actor: Actor, memberId: string, change: object) =>
      rooms.get(PatchMember).run(actor, bankId, memberId, { version: 1, ...change });

    it('refuses who saw an older version, and a name that makes two people one', async () => {
      const { value } = await put(somebody());
      const other = await put(somebody());
      await expect(patch(actorWith('coordinator'), value.memberId, { version: 2, name: 'New' })).rejects.toMatchObject({
        code: 'members/stale',
      });
      await expect(patch(actorWith('coordinator'), value.memberId, { name: other.value.name })).rejects.toMatchObject({
        code: 'members/duplicate',
      });
      await expect(patch(actorWith('coordinator'), newId(), { name: 'New' })).rejects.toMatchObject({ code: 'members/not_found' });
    });

    it("B1: moves the sign-in with the contact phone when two want it, tells the number before, and never takes another's", async () => {
      const [phone, next, taken] = [nextPhone(), nextPhone(), nextPhone()];
      const { value } = await put(somebody({ phone, password }));
      await put(somebody({ phone: taken, password }));
      const [coordinator, colleague] = [await realActor(), await realActor()];
      const told = jest.spyOn(rooms.get(CodeSender as never) as CodeSender, 'tell').mockResolvedValue(undefined);
      await expect(patch(coordinator, value.memberId, { phone: taken })).rejects.toMatchObject({ code: 'members/phone_in_use' });
      await expect(patch(coordinator, value.memberId, { phone: null })).rejects.toMatchObject({ code: 'members/phone_needed' });
      const change = { phone: next, name: 'New name' };
      for (const _ of [1, 2]) expect(await patch(coordinator, value.memberId, change)).toMatchObject({ state: 'waits' });
      expect(await patch(colleague, value.memberId, change)).toMatchObject({ phone: next, name: 'New name', version: 2 });
      await expect(signIn(phone)).rejects.toMatchObject({ code: 'access/wrong_credentials' });
      expect(told.mock.calls).toEqual([[phone, 'phone_moved']]);
    });

    it('ends every sign-in when the person is barred', async () => {
      const phone = nextPhone();
      const { value } = await put(somebody({ phone, password }));
      const { token } = await signIn(phone);
      expect(await patch(actorWith('coordinator'), value.memberId, { disabled: true })).toMatchObject({ disabled: true });
      expect(await rooms.get(Sessions).actor(token)).toBeNull();
    });

    it('B1: leaves a password to the person alone, whoever else asks', async () => {
      const phone = nextPhone();
      const { value } = await put(somebody({ phone, password }));
      for (const actor of [actorWith('coordinator'), actorWith('admin'), actorWith('admin', null)])
        await expect(patch(actor, value.memberId, { password: 'taken over now' })).rejects.toMatchObject({ code: 'access/not_allowed' });
      await rooms.get(BankRoles).put(actorWith('admin'), bankId, value.memberId, 'coordinator');
      const { actor } = await signIn(phone);
      await expect(patch(actor, value.memberId, { password: 'twelve chars' })).rejects.toMatchObject({ code: 'access/password_too_short' });
      expect(await patch(actor, value.memberId, { password: 'mine and mine alone' })).toMatchObject({ version: 2 });
    });

    it('keeps coordinators from the sign-in of those above them', async () => {
      const { value } = await put(somebody({ phone: nextPhone(), password }));
      const cityAdmin = actorWith('admin', null);
      await rooms.get(BankRoles).put(cityAdmin, bankId, value.memberId, 'admin');
      const coordinator = actorWith('coordinator');
      await expect(patch(coordinator, value.memberId, { phone: nextPhone() })).rejects.toMatchObject({ code: 'access/not_allowed' });
      await expect(patch(actorWith('admin'), value.memberId, { disabled: true })).rejects.toMatchObject({ code: 'access/not_allowed' });
      expect(await patch(coordinator, value.memberId, { name: 'Renamed admin' })).toMatchObject({ version: 2 });
      expect(await patch(cityAdmin, value.memberId, { version: 2, disabled: true })).toMatchObject({ version: 3 });
    });
  });

  describe('roles', () => {
    it('are given by who may, take effect at once, and are taken back', async () => {
      const phone = nextPhone();
      const { value } = await put(somebody({ phone, password }));
      const { token } = await signIn(phone);
      const roles = rooms.get(BankRoles);
      const admin = actorWith('admin');
      expect(await roles.put(admin, bankId, value.memberId, 'coordinator')).toEqual({
        first: true,
        value: { role: 'coordinator', bankId },
      });
      expect((await stored(roles.put(admin, bankId, value.memberId, 'coordinator'))).first).toBe(false);
      expect((await rooms.get(Sessions).actor(token))?.roles).toContainEqual({ role: 'coordinator', bankId, memberId: value.memberId });
      await expect(roles.put(admin, bankId, value.memberId, 'admin')).rejects.toMatchObject({ code: 'access/not_allowed' });
      await expect(roles.put(actorWith('coordinator'), bankId, value.memberId, 'auditor')).rejects.toMatchObject({
        code: 'access/not_allowed',
      });
      await expect(roles.put(admin, bankId, newId(), 'auditor')).rejects.toMatchObject({ code: 'members/not_found' });
      await roles.delete(admin, bankId, value.memberId, 'coordinator');
      expect((await rooms.get(Sessions).actor(token))?.roles.map(({ role }) => role)).toEqual(['volunteer']);
    });

    it('of the city never lose their last admin', async () => {
      await rooms.get(FirstAdmin).run({ phone: nextPhone(), password });
      const [row] = await rooms.database.query<{ id: string }>(`select person_id as id from role where bank_id is null and role = 'admin'`);
      const cityRoles = rooms.get(CityRoles);
      const by = actorWith('admin');
      const { value } = await put(somebody({ phone: nextPhone(), password }));
      await expect(cityRoles.delete(by, row?.id ?? '', 'admin')).rejects.toMatchObject({ code: 'access/last_admin' });
      expect((await cityRoles.put(by, value.memberId, 'admin')).first).toBe(true);
      const leaving = await Promise.allSettled([
        cityRoles.delete(by, row?.id ?? '', 'admin'),
        cityRoles.delete(by, value.memberId, 'admin'),
      ]);
      expect(leaving.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected']);
      await expect(cityRoles.put(by, newId(), 'auditor')).rejects.toMatchObject({ code: 'members/not_found' });
    });
  });

  describe('finding', () => {
    it('pages by name and id, by role, and by part of a name or the beginning of a phone or number', async () => {
      const names = ['Bao', 'An', '100%', 'Chen', 'An Li'];
      for (const name of names) {
        await put(somebody({ name, roles: [name === 'Chen' ? 'client' : 'volunteer'], phone: name === 'Bao' ? '025-1234567' : undefined }));
      }
      const list = rooms.get(ListMembers);
      const first = await list.run(bankId, { limit: 3 });
      const second = await list.run(bankId, { limit: 3, cursor: first.nextCursor ?? '' });
      expect([...first.items, ...second.items].map(({ name }) => name)).toEqual(['100%', 'An', 'An Li', 'Bao', 'Chen']);
      expect(second.nextCursor).toBeNull();
      const found = async (search: string) => (await list.run(bankId, { limit: 50, search })).items.map(({ name }) => name);
      expect([await found('an'), await found('025-12'), await found('%'), await found(first.items[0]?.memberNumber ?? '')]).toEqual([
        ['An', 'An Li'],
        ['Bao'],
        ['100%'],
        ['100%'],
      ]);
      expect((await list.run(bankId, { limit: 50, role: 'client' })).items.map(({ name }) => name)).toEqual(['Chen']);
      await expect(list.run(bankId, { limit: 50, cursor: 'bm90IG91cnM' })).rejects.toMatchObject({ code: 'request/malformed' });
    });

    it('shows a member to themselves and to staff, not to others', async () => {
      const { value } = await put(somebody());
      const self: Actor = { personId: value.memberId, roles: [{ role: 'volunteer', bankId, memberId: value.memberId }] };
      const read = (actor: Actor) => rooms.get(ReadMember).run(actor, bankId, value.memberId);
      expect(await read(self)).toEqual({ ...value, circumstances: null });
      expect(await read(actorWith('auditor', null))).toEqual({ ...value, circumstances: null });
      await expect(read(actorWith('volunteer'))).rejects.toMatchObject({ code: 'access/not_allowed' });
    });

    it('finds nobody of another bank', async () => {
      const { value } = await put(somebody());
      const { memberId, accountId } = value;
      expect(await rooms.get(FindMembers).run(bankId, [memberId])).toMatchObject([{ memberId, accountId, roles: ['volunteer'] }]);
      expect(await rooms.get(FindMembers).run(await openBank(), [value.memberId])).toEqual([]);
    });
  });

  describe('relations and qualifications', () => {
    it('are one a pair, read from both sides', async () => {
      const [child, parent] = [(await put(somebody())).value.memberId, (await put(somebody())).value.memberId];
      const relate = (one: string, other: string, kind: 'parent' | 'child' | 'spouse') =>
        rooms.get(PutRelation).run(actorWith('coordinator'), bankId, one, other, kind);
      const both = await Promise.all([relate(child, parent, 'parent'), relate(parent, child, 'child')]);
      expect(both.map(({ first }) => first).sort()).toEqual([false, true]);
      expect(await rooms.get(RelatedMembers).run(bankId, child)).toMatchObject([{ memberId: parent, kind: 'parent' }]);
      expect(await rooms.get(RelatedMembers).run(bankId, parent)).toMatchObject([{ memberId: child, kind: 'child' }]);
      await expect(relate(child, parent, 'spouse')).rejects.toMatchObject({ code: 'relations/id_reused' });
      await expect(relate(child, child, 'spouse')).rejects.toMatchObject({ code: 'members/relation_to_self' });
      await expect(relate(child, newId(), 'spouse')).rejects.toMatchObject({ code: 'members/not_found' });
    });

    it('hold through their last day and can be renewed', async () => {
      const { memberId } = (await put(somebody())).value;
      const qualify = (validUntil: string) =>
        rooms.get(PutQualification).run(actorWith('coordinator'), bankId, memberId, 'bathing', validUntil);
      const holds = (day: string) => rooms.get(HasQualification).run(bankId, memberId, 'bathing', day);
      expect([(await qualify('2026-06-30')).first, (await qualify('2026-06-30')).first]).toEqual([true, false]);
      expect([await holds('2026-06-30'), await holds('2026-07-01')]).toEqual([true, false]);
      await qualify('2027-06-30');
      expect(await holds('2026-07-01')).toBe(true);
    });
  });
});
