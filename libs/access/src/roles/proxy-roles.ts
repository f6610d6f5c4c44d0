import { Injectable } from '@nestjs/common';
import type { ProxyScope } from '@timebank/contract';
import { UnitOfWork } from '@timebank/database';

type NewProxyRole = { personId: string; bankId: string; clientId: string; proxyId: string; scopes: readonly ProxyScope[]; endsAt: Date };

/**
 * What somebody may do in a client's place: a row for each client and scope, read with every call. Its callers decide who may; what is taken counts from
 * the next call on, whichever sign-in it comes with. In the caller's unit of work.
 */
@Injectable()
export class ProxyRoles {
  constructor(private readonly unit: UnitOfWork) {}

  async give({ personId, bankId, clientId, proxyId, scopes, endsAt }: NewProxyRole): Promise<void> {
    await this.unit.query(
      `insert into proxy_role (person_id, bank_id, client_id, scope, proxy_id, ends_at)
       select $1, $2, $3, scope, $4, $6 from unnest($5::text[]) scope`,
      [personId, bankId, clientId, proxyId, scopes, endsAt],
    );
  }

  async take(bankId: string, proxyIds: readonly string[]): Promise<void> {
    await this.unit.query('delete from proxy_role where bank_id = $1 and proxy_id = any ($2::uuid[])', [bankId, proxyIds]);
  }

  /** Everything that a person might do for others, at whatever bank. */
  async takeAllOf(personId: string): Promise<void> {
    await this.unit.query('delete from proxy_role where person_id = $1', [personId]);
  }

  /**
   * Whether a client acts, by however many steps, for a person who is to act for them: nobody is to decide about themselves in a circle. Holds both
   * persons' rows, so that two halves of a circle cannot be laid at once. A person's id is that of their first membership.
   */
  async wouldCircle(personId: string, clientId: string, now: Date): Promise<boolean> {
    await this.unit.query('select from person where person_id in ($1, $2) order by person_id for no key update', [personId, clientId]);
    const found = await this.unit.one(
      `with recursive onward as (
         select client_id from proxy_role where person_id = $1 and ends_at > $3
         union select next.client_id from proxy_role next join onward on next.person_id = onward.client_id where next.ends_at > $3)
       select from onward where client_id = $2`,
      [clientId, personId, now],
    );
    return found !== null;
  }
}
