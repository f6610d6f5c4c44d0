import type { Actor } from '@timebank/access';
import type { MemberInput } from '@timebank/contract';
import { dayOn, newId } from '@timebank/kernel';
import type { Calendar } from './calendar';
import said from './family.json' with { type: 'json' };
import type { DemoBank } from './found-bank';
import type { Hands } from './hands';

/** Three elders who never ask; of the first day, so that they have been silent for long enough. */
export async function layElders(hands: Hands, { bank }: DemoBank, admin: Actor, founded: string): Promise<void> {
  const rule = { key: 'silentAfterDays', value: 14, validFrom: founded, source: 'demo: two weeks' };
  await hands.putPolicy.run(admin, bank.bankId, newId(), rule);
  for (const { place, ...elder } of said.silent) {
    const circumstances = elder.circumstances as MemberInput['circumstances'];
    await hands.putMember.run(bank.bankId, newId(), { ...elder, circumstances, homeAddress: place, roles: ['client'] });
  }
}

/** A son at another bank who may see and answer, a neighbour's landline, and what a postman told of somebody. */
export async function layFamily(
  hands: Hands,
  { bank, coordinator, clients }: DemoBank,
  elsewhere: DemoBank,
  calendar: Calendar,
): Promise<void> {
  const { bankId } = bank;
  const [mother, son] = [clients[1], elsewhere.volunteers[0]];
  if (!mother || !son) return;
  const heard = { confirmedHow: 'call' as const, confirmedFrom: mother.described.phone };
  const word = {
    clientId: mother.memberId,
    personId: son.memberId,
    name: son.described.name,
    ...said.son,
    scopes: ['see' as const, 'answer' as const],
  };
  await hands.putProxy.run(coordinator.actor, bankId, newId(), { ...word, ...heard, validUntil: dayOn(calendar.day(0), 365) });
  await hands.contacts.put(coordinator.actor, bankId, newId(), { ...said.neighbour, clientId: mother.memberId });
  await hands.findings.put(bankId, newId(), said.told as Parameters<Hands['findings']['put']>[2]);
}
