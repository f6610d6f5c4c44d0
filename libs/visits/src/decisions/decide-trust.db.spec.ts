import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals';
import { CodeSender, unknownSource } from '@timebank/access';
import { newId } from '@timebank/kernel';
import { ChoosePassword, PutMember, ResetPassword, StartMemberReset } from '@timebank/members';
import { openCity, type TestCity, type TestPerson } from '@timebank/testing';

const refusedFor = (visitId: string) => [{ visitId, outcome: 'refused', code: 'visits/second_person_needed', parameters: {} }];
const day = 24 * 60;

describe('who had a hand in a sign-in', () => {
  let city: TestCity;
  let coordinator: TestPerson;
  let colleague: TestPerson;
  let phones = 13_700_000_000;
  const codes = new Map<string, string>();
  beforeAll(async () => {
    city = await openCity();
    [coordinator, colleague] = [await city.person('coordinator'), await city.person('coordinator')];
    const sender = city.get(CodeSender as never) as CodeSender;
    jest.spyOn(sender, 'send').mockImplementation(async (phone, code) => void codes.set(phone, code));
    jest.spyOn(sender, 'tell').mockResolvedValue(undefined);
  });
  afterAll(() => city.close());

  /** A volunteer whose password the coordinator typed. */
  async function registered(): Promise<TestPerson & { phone: string }> {
    const [memberId, phone] = [newId(), String((phones += 1))];
    const input = {
      name: `Helper ${phones}`,
      birthDate: '1950-02-03',
      roles: ['volunteer' as const],
      phone,
      password: 'given at the desk',
    };
    const { value } = await city.get(PutMember).run(city.bankId, memberId, input, coordinator.actor.personId);
    const actor = { personId: memberId, roles: [{ role: 'volunteer' as const, bankId: city.bankId, memberId }] };
    return { memberId, accountId: value.accountId, actor, phone };
  }
  /** A clean visit of theirs, ended just now. */
  async function visited(volunteer: TestPerson): Promise<string> {
    const { client, card, time } = await city.nextDay(coordinator);
    const visitId = await city.planned(colleague, volunteer, client, time(10));
    time(10);
    await city.scan(volunteer, visitId, 'in', card.code);
    time(70);
    await city.scan(volunteer, visitId, 'out', card.code);
    return visitId;
  }
  const decide = (by: TestPerson, visitId: string) => city.approve(by, [visitId]);

  it('B1: decides none of their visits until they have chosen their own password', async () => {
    const helper = await registered();
    const visitId = await visited(helper);
    expect(await decide(coordinator, visitId)).toEqual(refusedFor(visitId));
    const change = { oldPassword: 'given at the desk', newPassword: 'chosen at home' };
    await city.get(ChoosePassword).run(helper.actor, change, unknownSource);
    expect(await decide(coordinator, visitId)).toMatchObject([{ visitId, outcome: 'approved' }]);
  });

  it('B1: is no matter of who did not', async () => {
    const visitId = await visited(await registered());
    expect(await decide(colleague, visitId)).toMatchObject([{ visitId, outcome: 'approved' }]);
  });

  it('B1: decides none for fourteen days after a reset, be it as the first or the second', async () => {
    const helper = await registered();
    const [second, third] = [await city.person('coordinator'), await city.person('coordinator')];
    const start = (by: TestPerson) => city.get(StartMemberReset).run(by.actor, city.bankId, helper.memberId, { counter: true });
    const visitId = await visited(helper);
    expect(await start(colleague)).toMatchObject({ state: 'waits' });
    const shown = (await start(second)) as { code: string };
    expect(shown).toMatchObject({ code: expect.stringMatching(/^\d{6}$/), expiresAt: expect.any(String) });
    await city.get(ResetPassword).run({ phone: helper.phone, code: shown.code, newPassword: 'from the counter' }, unknownSource);
    for (const hand of [colleague, second]) expect(await decide(hand, visitId)).toEqual(refusedFor(visitId));
    // Whose password was replaced by the reset has no hand in it any more.
    const begun = city.rooms.clock.now().getTime();
    const now = () => Math.round((city.rooms.clock.now().getTime() - begun) / 60_000);
    expect(now()).toBe(0);
    expect(await decide(third, visitId)).toMatchObject([{ visitId, outcome: 'approved' }]);
    const later = await visited(helper);
    city.rooms.clock.set(new Date(begun + 14 * day * 60_000 - 60_000));
    expect(await decide(colleague, later)).toEqual(refusedFor(later));
    city.rooms.clock.set(new Date(begun + 14 * day * 60_000 + 60_000));
    expect(await decide(colleague, later)).toMatchObject([{ visitId: later, outcome: 'approved' }]);
  });
});
