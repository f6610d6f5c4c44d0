import { CodeSender } from '@timebank/access';
import { newId } from '@timebank/kernel';
import type { ClosingCity, WholeBank } from './closing-city';

/** Somebody who came by themselves and is taken in, somebody who is refused, and what a volunteer lets be done. */
export async function liveJoining(
  { two: { city }, admin, colleague }: ClosingCity,
  { bankId, base, coordinator, volunteer }: WholeBank,
): Promise<void> {
  const desk = coordinator.caller;
  const sender = city.app.get(CodeSender as never, { strict: false }) as CodeSender;
  const send = sender.send.bind(sender);
  let code = '';
  sender.send = async (_phone, sent) => void (code = sent);
  const apply = async (phone: string) => {
    const applicationId = newId();
    await city.anybody.post(`/api/joining/${bankId}/codes`, { phone }).expect(201);
    const body = { phone, code, name: `New ${phone}`, birthDate: '1960-05-01', roles: ['volunteer'], textVersion: 1, language: 'en' };
    await city.anybody.put(`/api/joining/${bankId}/applications/${applicationId}`, body).expect(201);
    return `${base}/applications/${applicationId}`;
  };
  const [one, refused] = [await apply('13911110001'), await apply('13911110002')];
  sender.send = send;
  await desk.post(`${one}/check`, { way: 'document' }).expect(200);
  await desk.post(`${one}/accept`, { version: 2 }).expect(200);
  await desk.post(`${refused}/refuse`, { version: 1, reasonCode: 'outside' }).expect(200);
  // Somebody who was registered twice becomes one, by two admins, and two again.
  const twice = await city.register(desk, bankId, 'volunteer');
  const merge = `${base}/members/${volunteer.memberId}/merge`;
  const other = { otherMemberId: twice.memberId };
  await admin.post(merge, other).expect(202);
  await colleague.post(merge, other).expect(201);
  await admin.post(`${merge}/undo`, other).expect(200);
  await volunteer.caller.put('/api/me/consents/photo', { granted: true, textVersion: 1 }).expect(201);
}
