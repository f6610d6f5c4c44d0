import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { newId } from '@timebank/kernel';
import { AuditBooks } from '@timebank/reports';
import { openTwoBanks, type TestMember, type TwoBanks } from '@timebank/testing';
import { ApproveByRule } from '@timebank/visits';

describe("approval in depth of a guest's visit", () => {
  let two: TwoBanks;
  let second: TestMember;
  beforeAll(async () => {
    two = await openTwoBanks();
    await two.befriend();
    second = await two.city.register(two.admin, two.host.bankId, 'coordinator');
  });
  afterAll(() => two.city.close());

  const callBack = (by: TestMember, visitId: string) =>
    by.caller.put(`${two.host.base}/visits/${visitId}/call-backs/${newId()}`, { result: 'confirmed' });
  const faults = async () =>
    (await Promise.all([two.home, two.host].map(({ bankId }) => two.city.app.get(AuditBooks, { strict: false }).run([bankId])))).flatMap(
      (audit) => audit.faults,
    );

  it('is appealed against by the guest in the bank of the client, and answered there', async () => {
    const visitId = await two.help();
    await callBack(two.home.coordinator, visitId).expect(404);
    await callBack(second, visitId).expect(201);
    const decision = { visitIds: [visitId], decision: 'approve', creditedMinutes: { [visitId]: 40 }, reasonCode: 'left_early' };
    await two.host.coordinator.caller.put(`${two.host.base}/approvals/${newId()}`, decision).expect(201);
    const appealId = newId();
    const appeal = `${two.host.base}/visits/${visitId}/appeals/${appealId}`;
    await two.home.coordinator.caller.put(appeal, { note: 'They were there' }).expect(404);
    expect((await two.guest.caller.put(appeal, { note: 'I was there' }).expect(201)).body).toMatchObject({ state: 'open' });
    const answer = `${two.host.base}/appeals/${appealId}/answer/${newId()}`;
    await two.home.coordinator.caller.put(answer, { outcome: 'granted', note: 'Yes' }).expect(404);
    await second.caller.put(answer, { outcome: 'granted', note: 'Yes' }).expect(201);
    expect((await two.guest.caller.get(`${two.host.base}/visits/${visitId}`).expect(200)).body).toMatchObject({
      appeal: { state: 'granted', answer: { remedy: 'reverse_and_enter' } },
      callBack: null,
    });
  });

  it('is approved by the rule of the bank of the client, and paid at home', async () => {
    await two.policy(two.host, 'autoApprove', true);
    const before = await two.balance(two.home, two.guest.accountId);
    const visitId = await two.help();
    await callBack(second, visitId).expect(201);
    two.city.clock.advance(24 * 60);
    const byRule = two.city.app.get(ApproveByRule, { strict: false });
    expect(await byRule.run(two.home.bankId)).toBe(0);
    expect(await byRule.run(two.host.bankId)).toBe(1);
    expect(await two.balance(two.home, two.guest.accountId)).toBe(before + 60);
    expect((await second.caller.get(`${two.host.base}/visits/${visitId}`).expect(200)).body.decision).toMatchObject({
      by: 'rule',
      byName: null,
    });
    expect(await faults()).toEqual([]);
  });
});
