import { newId } from '@timebank/kernel';
import { after, type Calendar } from './calendar';
import type { Client, DemoBank, Someone } from './found-bank';
import type { Hands } from './hands';
import type { Step } from './walk';

/** A request of today or a coming day, and who has taken it. */
type Coming = { client: number; serviceKind: string; minutes: number; startsAt: Date; volunteer?: number; scanned?: true };

/** One visit that begins about now, one under way, some ahead; requests that anybody may take, one waiting for minutes. */
function comingAt(calendar: Calendar): Coming[] {
  const on = (daysAhead: number, time: string) => calendar.at(-daysAhead, time);
  return [
    { client: 1, serviceKind: 'company', minutes: 60, startsAt: calendar.soon(5), volunteer: 0 },
    { client: 2, serviceKind: 'reading', minutes: 45, startsAt: calendar.soon(-25), volunteer: 3, scanned: true },
    { client: 3, serviceKind: 'errands', minutes: 45, startsAt: calendar.soon(180), volunteer: 0 },
    { client: 0, serviceKind: 'phone_help', minutes: 60, startsAt: on(1, '09:30'), volunteer: 4 },
    { client: 6, serviceKind: 'cleaning', minutes: 90, startsAt: on(1, '14:00'), volunteer: 6 },
    { client: 4, serviceKind: 'meal', minutes: 40, startsAt: calendar.soon(120) },
    { client: 5, serviceKind: 'company', minutes: 60, startsAt: calendar.soon(300) },
    { client: 0, serviceKind: 'cleaning', minutes: 90, startsAt: on(2, '10:00') },
    { client: 8, serviceKind: 'doctor', minutes: 150, startsAt: on(2, '08:00') },
    { client: 3, serviceKind: 'rehabilitation', minutes: 45, startsAt: on(3, '15:00') },
    { client: 1, serviceKind: 'repairs', minutes: 60, startsAt: on(4, '09:00') },
    { client: 7, serviceKind: 'doctor', minutes: 150, startsAt: on(3, '08:30') },
  ];
}

/** What is asked for and taken on the day before today, and the scan of the visit that is under way. */
export function comingSteps(hands: Hands, demo: DemoBank, calendar: Calendar): Step[] {
  const { bankId } = demo.bank;
  return comingAt(calendar).flatMap((coming): Step[] => {
    const [requestId, visitId] = [newId(), newId()];
    const client = demo.clients[coming.client] as Client;
    const volunteer = coming.volunteer === undefined ? null : (demo.volunteers[coming.volunteer] as Someone);
    const asking = client.described.title === undefined ? demo.coordinator : client;
    const step = (at: Date, run: () => Promise<unknown>): Step => ({ at, bank: demo.index, run });
    const { serviceKind, minutes, startsAt } = coming;
    const input = { clientId: client.memberId, serviceKind, minutes, startsAt: startsAt.toISOString(), place: client.described.place };
    const steps = [step(calendar.at(1, '11:00'), () => hands.putRequest.run(asking.actor, bankId, requestId, input))];
    if (volunteer) {
      const plan = { requestId, volunteerId: volunteer.memberId };
      steps.push(step(calendar.at(1, '11:10'), () => hands.planVisit.run(volunteer.actor, bankId, visitId, plan)));
      const scan = { kind: 'in' as const, card: client.card.token };
      if (coming.scanned) steps.push(step(after(startsAt, 1), () => hands.scanCard.run(volunteer.actor, bankId, visitId, newId(), scan)));
    }
    return steps;
  });
}
