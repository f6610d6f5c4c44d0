import { Injectable, type OnModuleInit } from '@nestjs/common';
import { type Actor, hasRole, ProxyRoles } from '@timebank/access';
import { endsAllProxies, type Proxy, refuse } from '@timebank/contract';
import { UnitOfWork } from '@timebank/database';
import { MemberPlans } from '@timebank/members';
import { ReadProxies } from './read-proxies';

type EndedProxy = { proxyId: string; clientId: string; personId: string };
type Sides = { proxyId: string; clientId: string; personId: string; clientPersonId: string; endedAt: Date | null };

/**
 * Ends that somebody acts for a client: by the client, a coordinator on the client's word, or whoever acts, who is bound to nothing. It counts from the next
 * call on, and said again it changes nothing. Where the client has died or has a guardian, all who act for them end at once. It also ends by
 * itself whatever a member who leaves has to do with it, on either side. Refuses `proxies/not_found`.
 */
@Injectable()
export class EndProxies implements OnModuleInit {
  constructor(
    private readonly unit: UnitOfWork,
    private readonly proxyRoles: ProxyRoles,
    private readonly memberPlans: MemberPlans,
    private readonly readProxies: ReadProxies,
  ) {}

  onModuleInit(): void {
    this.memberPlans.register({
      end: (actor, bankId, memberId) => this.allOf(actor, bankId, memberId, 'left'),
      count: async () => ({ openRequests: 0, plannedVisits: 0, undecidedVisits: 0, cards: 0 }),
      underWay: async () => null,
    });
  }

  async run(actor: Actor, bankId: string, proxyId: string, reasonCode: string): Promise<Proxy> {
    return this.unit.run([bankId], async () => {
      const proxy = await this.unit.one<Sides>(
        `select p.proxy_id, p.client_id, p.person_id, c.person_id as client_person_id, p.ended_at
           from proxy p join member c on c.bank_id = p.bank_id and c.member_id = p.client_id
          where p.bank_id = $1 and p.proxy_id = $2 for no key update of p`,
        [bankId, proxyId],
      );
      const isTheirs = proxy && [proxy.personId, proxy.clientPersonId].includes(actor.personId);
      if (!proxy || (!isTheirs && !hasRole(actor, 'coordinator', bankId))) throw refuse('proxies/not_found');
      if (proxy.endedAt === null) {
        // A proxy decides about nobody but themselves.
        const all = endsAllProxies.includes(reasonCode) && proxy.personId !== actor.personId;
        await this.end(actor, bankId, all ? 'client_id = $2' : 'proxy_id = $2', all ? proxy.clientId : proxyId, reasonCode);
      }
      return this.readProxies.one(actor, bankId, proxyId);
    });
  }

  /** All who act for a member at their bank; and, where it is their home, all for whom they act, at whatever bank. In the caller's unit of work. */
  async allOf(actor: Actor, bankId: string, memberId: string, reason: 'left' | 'died'): Promise<void> {
    await this.end(actor, bankId, 'client_id = $2', memberId, reason);
    const member = await this.unit.one<{ personId: string }>('select person_id from member where bank_id = $1 and member_id = $2', [
      bankId,
      memberId,
    ]);
    if (!member) return;
    await this.end(actor, bankId, 'person_id = $2', member.personId, reason);
    // Rows of banks out of sight stay as they are, and open nothing any more; their own round marks them.
    await this.proxyRoles.takeAllOf(member.personId);
  }

  /** Marks what another bank's leaving has ended, in a round. */
  async withoutRole(bankId: string): Promise<number> {
    return this.unit.run([bankId], async () => {
      const ended = await this.unit.query<EndedProxy>(
        `update proxy p set ended_at = $2, end_reason = 'left' where p.bank_id = $1 and p.ended_at is null and p.ends_at > $2
           and not exists (select from proxy_role r where r.bank_id = $1 and r.proxy_id = p.proxy_id) returning proxy_id, client_id, person_id`,
        [bankId, this.unit.now],
      );
      for (const one of ended) this.unit.tell(bankId, 'proxies/ended', { ...one, actorId: null });
      return ended.length;
    });
  }

  private async end(actor: Actor, bankId: string, which: string, id: string, reason: string): Promise<void> {
    const ended = await this.unit.query<EndedProxy>(
      `update proxy set ended_at = $3, ended_by = $4, end_reason = $5 where bank_id = $1 and ${which} and ended_at is null
       returning proxy_id, client_id, person_id`,
      [bankId, id, this.unit.now, actor.personId, reason],
    );
    await this.proxyRoles.take(
      bankId,
      ended.map(({ proxyId }) => proxyId),
    );
    for (const one of ended) this.unit.tell(bankId, 'proxies/ended', { ...one, actorId: actor.personId });
  }
}
