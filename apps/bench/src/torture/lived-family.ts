import { Contacts, Findings, PutPhoneCall, PutProxy, SilentElders } from '@timebank/family';
import { newId } from '@timebank/kernel';
import type { TestCity, TestPerson } from '@timebank/testing';

/** A row of each kind around a client: who acts for them, by whose number they are reached, a call, a check-in, and what a stranger told. */
export async function liveFamily(
  city: TestCity,
  { coordinator, client, volunteer, startsAt }: { coordinator: TestPerson; client: TestPerson; volunteer: TestPerson; startsAt: Date },
): Promise<void> {
  const { bankId } = city;
  const [clientId, start] = [client.memberId, startsAt.toISOString()];
  const word = { clientId, personId: volunteer.memberId, name: 'Neighbour', relation: 'neighbour', scopes: ['see' as const] };
  // A day later: the bank's day may be ahead of the one that the moment names.
  const validUntil = new Date(startsAt.getTime() + 86_400_000).toISOString().slice(0, 10);
  await city.get(PutProxy).run(client.actor, bankId, newId(), { ...word, validUntil, confirmedHow: 'app' });
  const request = { requestId: newId(), serviceKind: 'company', startsAt: start, minutes: 10 };
  await city.get(Contacts).put(coordinator.actor, bankId, newId(), { phone: '025-83330001', clientId });
  await city.get(PutPhoneCall).run(coordinator.actor, bankId, newId(), { clientId, caller: 'client', request });
  await city.get(SilentElders).put(coordinator.actor, bankId, clientId, newId(), { result: 'fine' });
  await city.get(Findings).put(bankId, newId(), { finder: 'shop', who: 'The old lady upstairs', what: 'Has not been down for days' });
}
