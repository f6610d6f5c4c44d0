import { Injectable } from '@nestjs/common';
import { type Actor, CreatePerson, hasRole, ProxyRoles } from '@timebank/access';
import { ReadBank } from '@timebank/banks';
import { type Proxy, type ProxyInput, refuse, type Stored } from '@timebank/contract';
import { contentHash, once, UnitOfWork } from '@timebank/database';
import { dayRange, localDate, newId } from '@timebank/kernel';
import { ProxyRow } from './proxy.entity';
import { type Problem, problemOf } from './proxy.rules';
import { ReadProxies } from './read-proxies';

type Client = { personId: string; phone: string | null; signInPhone: string | null };
type Key = { bankId: string; proxyId: string };

const refuseFor = ({ code, path }: Problem) => refuse(code, {}, path);

/**
 * Lets somebody act for a client, on the client's own word: by the client in the app, or by a coordinator who heard it, by phone or at the counter, and who
 * is not the one to act. Who acts need be no member anywhere: a phone that nobody signs in with becomes a person who can, by one-time code. The
 * client's new word about the same person takes the place of the old one. Refuses `members/not_found` for who is no client here, and what
 * `proxy.rules.ts` lists.
 */
@Injectable()
export class PutProxy {
  constructor(
    private readonly unit: UnitOfWork,
    private readonly readBank: ReadBank,
    private readonly createPerson: CreatePerson,
    private readonly proxyRoles: ProxyRoles,
    private readonly readProxies: ReadProxies,
  ) {}

  async run(actor: Actor, bankId: string, proxyId: string, input: ProxyInput): Promise<Stored<Proxy>> {
    return this.unit.run([bankId], async () => {
      const client = await this.clientOf(bankId, input.clientId);
      const isClient = client.personId === actor.personId;
      const actsForClient = (actor.proxies ?? []).some((one) => one.bankId === bankId && one.clientId === input.clientId);
      if (!isClient && actsForClient) throw refuse('proxies/no_chain');
      if (!isClient && !hasRole(actor, 'coordinator', bankId)) throw refuse('access/not_allowed', {}, 'body.clientId');
      const sent = { hash: contentHash(input), reused: 'proxies/id_reused' as const };
      const first = await once(this.unit, ProxyRow, { bankId, proxyId }, sent, () =>
        this.layDown(actor, { bankId, proxyId }, input, client, sent.hash),
      );
      return { first, value: await this.readProxies.one(actor, bankId, proxyId) };
    });
  }

  private async layDown(actor: Actor, key: Key, input: ProxyInput, client: Client, hash: Buffer): Promise<boolean> {
    const { bankId, proxyId } = key;
    const { zone } = await this.readBank.run(bankId);
    const { now } = this.unit;
    const today = localDate(now, zone);
    const known = await this.known(input);
    const problem = problemOf({
      input,
      today,
      now,
      isClient: client.personId === actor.personId,
      isProxy: known === actor.personId,
      clientPhones: [client.phone, client.signInPhone],
      isSelf: known === client.personId,
    });
    if (problem) throw refuseFor(problem);
    const personId = known ?? (await this.person(input.phone ?? ''));
    if (await this.proxyRoles.wouldCircle(personId, client.personId, now)) throw refuse('proxies/circle');
    await this.replace(actor, bankId, input.clientId, personId);
    const { clientId, name, relation, scopes, validUntil, confirmedHow, confirmedFrom = null } = input;
    const endsAt = dayRange(validUntil, zone).to;
    const what = { clientId, personId, name, relation, scopes, validFrom: today, validUntil, endsAt };
    const standing = { recordedAt: now, endedAt: null, endedBy: null, endReason: null, contentHash: hash };
    const confirmed = { confirmedHow, confirmedFrom, confirmedBy: actor.personId };
    const isMade = await this.unit.insertNew(
      ProxyRow,
      {
        ...key,
        ...confirmed,
        ...what,
        confirmedAt: input.confirmedAt === undefined ? now : new Date(input.confirmedAt),
        ...standing,
      },
      ['bankId', 'proxyId'],
    );
    if (!isMade) return false;
    await this.proxyRoles.give({ personId, bankId, clientId, proxyId, scopes, endsAt });
    this.unit.tell(bankId, 'proxies/begun', { proxyId, clientId, personId, actorId: actor.personId });
    return true;
  }

  private async clientOf(bankId: string, clientId: string): Promise<Client> {
    const client = await this.unit.one<Client>(
      `select m.person_id, m.phone, person.sign_in_phone from member m join person using (person_id)
        where m.bank_id = $1 and m.member_id = $2
          and exists (select from role r where r.bank_id = $1 and r.member_id = $2 and r.role = 'client') for no key update of m`,
      [bankId, clientId],
    );
    if (!client) throw refuse('members/not_found', {}, 'body.clientId');
    return client;
  }

  /** Who is meant, if anybody knows them yet. */
  private async known({ phone, personId }: ProxyInput): Promise<string | null> {
    const person = await this.unit.one<{ personId: string }>('select person_id from person where person_id = $1 or sign_in_phone = $2', [
      personId ?? null,
      phone ?? null,
    ]);
    if (personId !== undefined && !person) throw refuse('proxies/person_not_found', {}, 'body.personId');
    return person?.personId ?? null;
  }

  private async person(signInPhone: string): Promise<string> {
    const personId = newId();
    const made = await this.createPerson.run({ personId, signInPhone, passwordHash: null });
    if (made === 'created') return personId;
    // Somebody was quicker by a moment.
    const person = await this.unit.one<{ personId: string }>('select person_id from person where sign_in_phone = $1', [signInPhone]);
    if (!person) throw refuse('proxies/person_not_found', {}, 'body.phone');
    return person.personId;
  }

  private async replace(actor: Actor, bankId: string, clientId: string, personId: string): Promise<void> {
    const before = await this.unit.query<{ proxyId: string }>(
      `update proxy set ended_at = $4, ended_by = $5, end_reason = 'renewed'
        where bank_id = $1 and client_id = $2 and person_id = $3 and ended_at is null returning proxy_id`,
      [bankId, clientId, personId, this.unit.now, actor.personId],
    );
    await this.proxyRoles.take(
      bankId,
      before.map(({ proxyId }) => proxyId),
    );
  }
}
