import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { newId } from '@timebank/kernel';
import { openApp, type TestApp, type TestCaller, type TestMember } from '@timebank/testing';

const mine = '/api/me/availability';
const unsaid = { weekly: [], pauses: [], languages: [], kinds: [], weekMinutes: null };

describe('when and how somebody would help, over HTTP', () => {
  let city: TestApp;
  let admin: TestCaller;
  let base: string;
  let coordinator: TestMember;
  let volunteer: TestMember;
  let other: TestMember;
  beforeAll(async () => {
    city = await openApp();
    admin = await city.signInAsCityAdmin();
    const bankId = await city.openBank(admin);
    base = `/api/banks/${bankId}`;
    coordinator = await city.register(admin, bankId, 'coordinator');
    volunteer = await city.register(admin, bankId, 'volunteer');
    other = await city.register(admin, bankId, 'volunteer');
  });
  afterAll(() => city.close());

  const ofMember = (memberId: string) => `${base}/members/${memberId}/availability`;

  it('is what they said last, the whole of it, by themselves or by the desk', async () => {
    expect((await volunteer.caller.get(mine).expect(200)).body).toEqual(unsaid);
    const said = {
      weekly: [
        { day: 6, from: '14:00', to: '24:00' },
        { day: 1, from: '09:00', to: '12:00' },
      ],
      pauses: [{ from: '2026-02-14', to: '2026-02-23' }],
      languages: ['zh-Hans', 'wuu'],
      kinds: ['meal', 'company'],
      weekMinutes: 240,
    };
    const kept = { ...said, weekly: said.weekly.toReversed(), languages: ['wuu', 'zh'], kinds: ['company', 'meal'] };
    expect((await volunteer.caller.put(mine, said).expect(201)).body).toEqual(kept);
    expect((await volunteer.caller.put(mine, said).expect(200)).body).toEqual(kept);
    expect((await coordinator.caller.get(ofMember(volunteer.memberId)).expect(200)).body).toEqual(kept);
    await coordinator.caller.put(ofMember(volunteer.memberId), { languages: ['ko'] }).expect(200);
    expect((await volunteer.caller.get(mine).expect(200)).body).toEqual({ ...unsaid, languages: ['ko'] });
    expect((await other.caller.get(mine).expect(200)).body).toEqual(unsaid);
  });

  it.each([
    [
      {
        weekly: [
          { day: 1, from: '09:00', to: '12:00' },
          { day: 1, from: '11:00', to: '13:00' },
        ],
      },
      'availability/slots_overlap',
    ],
    [{ weekly: [{ day: 1, from: '12:00', to: '09:00' }] }, 'availability/wrong_order'],
    [{ pauses: [{ from: '2026-02-02', to: '2026-02-01' }] }, 'availability/wrong_order'],
    [{ languages: ['qqq'] }, 'availability/unknown_language'],
    [{ kinds: ['gardening'] }, 'availability/unknown_kind'],
    [{ weekMinutes: -1 }, 'availability/minutes_out_of_range'],
  ])('is refused where it makes no sense: %j', async (body, code) => {
    expect((await other.caller.put(mine, body).expect(422)).body).toMatchObject({ code });
    expect((await coordinator.caller.put(ofMember(other.memberId), body).expect(422)).body).toMatchObject({ code });
    expect((await other.caller.get(mine).expect(200)).body).toEqual(unsaid);
  });

  it('belongs to a member: nobody else says or reads it', async () => {
    await volunteer.caller.put(ofMember(other.memberId), {}).expect(403);
    await volunteer.caller.get(ofMember(other.memberId)).expect(403);
    expect((await admin.get(mine).expect(404)).body).toMatchObject({ code: 'members/not_found' });
    await coordinator.caller.put(ofMember(newId()), {}).expect(404);
    await volunteer.caller.put(mine, { weekly: [{ day: 8, from: '09:00', to: '10:00' }] }).expect(400);
  });
});
