import type { Actor } from '@timebank/access';
import { newId } from '@timebank/kernel';
import { after, type Calendar } from './calendar';
import type { Client, DemoBank, Someone } from './found-bank';
import type { Hands } from './hands';
import type { Step } from './walk';

const minutes = 45;

/** The first volunteer of the first bank helps in the second: asked for, confirmed, served once and approved there. */
export function helpElsewhere(hands: Hands, home: DemoBank, host: DemoBank, calendar: Calendar): Step[] {
  const guest = home.volunteers[0] as Someone;
  const client = host.clients[1] as Client;
  const { bankId } = host.bank;
  const { memberId } = guest;
  const actor: Actor = {
    ...guest.actor,
    roles: [...guest.actor.roles, { role: 'volunteer', bankId, memberId, homeBankId: home.bank.bankId }],
  };
  const [requestId, visitId] = [newId(), newId()];
  const start = calendar.at(8, '19:00');
  const step = (at: Date, run: () => Promise<unknown>): Step => ({ at, bank: host.index, run });
  const scan = (kind: 'in' | 'out') => hands.scanCard.run(actor, bankId, visitId, newId(), { kind, card: client.card.token });
  const request = {
    clientId: client.memberId,
    serviceKind: 'company',
    startsAt: start.toISOString(),
    minutes,
    place: client.described.place,
  };
  return [
    step(calendar.at(12, '09:05'), () => hands.putGuest.run(guest.actor, bankId, memberId, home.bank.bankId)),
    step(calendar.at(11, '09:15'), () => hands.putGuest.run(host.coordinator.actor, bankId, memberId, home.bank.bankId)),
    step(calendar.at(9, '11:05'), () => hands.putRequest.run(host.coordinator.actor, bankId, requestId, request)),
    step(calendar.at(9, '11:25'), () => hands.planVisit.run(actor, bankId, visitId, { requestId, volunteerId: memberId })),
    step(after(start, 1), () => scan('in')),
    step(after(start, minutes), () => scan('out')),
    step(calendar.at(7, '16:45'), () =>
      hands.decideVisits.run(host.coordinator.actor, bankId, newId(), { visitIds: [visitId], decision: 'approve' }),
    ),
  ];
}
