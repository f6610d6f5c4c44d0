import { CodeSender, GrantRole, unknownSource } from '@timebank/access';
import { MergeMembers } from '@timebank/hours';
import { newId } from '@timebank/kernel';
import { AcceptApplication, Applications, Consents, Joining } from '@timebank/members';
import type { TestCity, TestPerson } from '@timebank/testing';

/** A minor who came by themselves, with a guardian and an identity number, is taken in, and says what may be done; and two members become one. */
export async function liveJoining(city: TestCity, { actor }: TestPerson): Promise<void> {
  const { bankId } = city;
  let code = '';
  (city.get(CodeSender as never) as CodeSender).send = async (_phone, sent) => void (code = sent);
  const [phone, applicationId] = ['13911110003', newId()];
  await city.get(Joining).code(bankId, phone, unknownSource);
  const guardian = { name: 'Wang Fang', phone: '13911110004', kind: 'parent' as const };
  const said = { name: 'Wang Xiao', birthDate: '2010-05-01', roles: ['volunteer' as const], language: 'en' as const, textVersion: 1 };
  const consents = [{ purpose: 'photo' as const, granted: true }];
  const sent = { ...said, phone, code, guardian, identityNumber: '110105201005010018', consents };
  await city.get(Joining).put(bankId, applicationId, sent, unknownSource);
  await city.get(Applications).check(actor, bankId, applicationId, 'document');
  await city.get(AcceptApplication).run(actor, bankId, applicationId, 2);
  const admins = [await city.person('coordinator'), await city.person('coordinator')];
  const [stays, goes] = [await city.person('volunteer'), await city.person('client')];
  for (const { personId, memberId } of admins.map((one) => ({ ...one, personId: one.actor.personId }))) {
    await city.get(GrantRole).run({ personId, bankId, role: 'admin', memberId });
    await city.get(MergeMembers).run({ personId, roles: [{ role: 'admin', bankId, memberId }] }, bankId, stays.memberId, goes.memberId);
  }
  await city.get(Consents).put({ personId: applicationId, roles: [] }, 'publication', { granted: false, textVersion: 1 });
}
