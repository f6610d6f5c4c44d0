import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { AccessModule, type Actor } from '@timebank/access';
import { BanksModule, PutBank } from '@timebank/banks';
import type { Circumstance, MemberInput, MemberPatch, RoleName } from '@timebank/contract';
import { newId } from '@timebank/kernel';
import { ListMembers, MembersModule, PatchMember, PutMember, ReadMember } from '@timebank/members';
import { openRooms, type TestRooms } from '@timebank/testing';

describe('how a member lives', () => {
  let rooms: TestRooms;
  const bankId = newId();
  const memberId = newId();
  const asSent: MemberInput = {
    name: 'Aunt Gui',
    birthDate: '1941-02-03',
    roles: ['volunteer'],
    circumstances: ['low_income', 'disabled'],
  };
  beforeAll(async () => {
    rooms = await openRooms([AccessModule.forRoot({ secretKey: 'x'.repeat(32) }), BanksModule, MembersModule]);
    await rooms.get(PutBank).run(bankId, { name: 'Drum Tower', phone: '025-83330000', timeZone: 'Asia/Shanghai' });
    await rooms.get(PutMember).run(bankId, memberId, asSent);
  });
  afterAll(() => rooms.close());

  const actorWith = (role: RoleName, bank: string | null = bankId): Actor => ({
    personId: newId(),
    roles: [{ role, bankId: bank, memberId: null }],
  });
  const patch = (change: Omit<MemberPatch, 'version'>, version: number) =>
    rooms.get(PatchMember).run(actorWith('coordinator'), bankId, memberId, { version, ...change });

  it('is kept when a member is registered, in whatever order it was told', async () => {
    const again = (circumstances: Circumstance[]) => rooms.get(PutMember).run(bankId, memberId, { ...asSent, circumstances });
    expect(await again(['disabled', 'low_income'])).toMatchObject({ first: false, value: { circumstances: ['disabled', 'low_income'] } });
    await expect(again(['disabled'])).rejects.toMatchObject({ code: 'members/id_reused' });
  });

  it('is shown to coordinators and admins alone', async () => {
    const self: Actor = { personId: memberId, roles: [{ role: 'volunteer', bankId, memberId }] };
    const people = [
      actorWith('coordinator'),
      actorWith('admin'),
      actorWith('admin', null),
      self,
      actorWith('auditor'),
      actorWith('auditor', null),
    ];
    const seen = await Promise.all(people.map((actor) => rooms.get(ReadMember).run(actor, bankId, memberId)));
    const all = ['disabled', 'low_income'];
    expect(seen.map((member) => member.circumstances)).toEqual([all, all, all, null, null, null]);
    const { items } = await rooms.get(ListMembers).run(bankId, { limit: 50 });
    expect(items.filter((line) => 'circumstances' in line)).toEqual([]);
  });

  it('changes when told, and stays when something else changes', async () => {
    expect(await patch({ name: 'Aunt Hua' }, 1)).toMatchObject({ circumstances: ['disabled', 'low_income'] });
    expect(await patch({ circumstances: ['living_alone'] }, 2)).toMatchObject({ circumstances: ['living_alone'] });
    expect(await patch({ circumstances: [] }, 3)).toMatchObject({ circumstances: [] });
  });
});
