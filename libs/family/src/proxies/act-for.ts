import { Injectable } from '@nestjs/common';
import { type Actor, decide, hasRole, isOneself, standIn } from '@timebank/access';
import { paths, proxyRoutes, refuse, type RouteName } from '@timebank/contract';
import { UnitOfWork } from '@timebank/database';
import { sayFor, type Standing } from './act-for.rules';

/** What a call says, before its messages are read. */
export type SaidByCall = { params: unknown; query: unknown; body: unknown };
type About = { clientId: string | null; volunteerId?: string };

const uuid = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;
const field = (from: unknown, name: string): string | null => {
  const value = (from as Record<string, unknown> | null | undefined)?.[name];
  return typeof value === 'string' ? value.toLowerCase() : null;
};

const lookUp = {
  visit: { id: 'visitId', sql: 'select client_id, volunteer_id from visit where bank_id = $1 and visit_id = $2' },
  request: { id: 'requestId', sql: 'select client_id from request where bank_id = $1 and request_id = $2' },
  series: { id: 'seriesId', sql: 'select client_id from series where bank_id = $1 and series_id = $2' },
  account: { id: 'accountId', sql: 'select owner_id as client_id from account where bank_id = $1 and account_id = $2' },
} as const;

/**
 * Puts somebody who acts for a client in the client's place, for one call: what the client may do, within what they were given, and nothing else. It asks
 * what holds now, so that what was ended is refused whoever is still signed in. People act as themselves wherever they may: staff as staff, and
 * whoever helps on a visit as its helper.
 */
@Injectable()
export class ActFor {
  constructor(private readonly unit: UnitOfWork) {}

  /** The actor by whom the call is done. Refuses `proxies/not_in_scope`, `own_visit`, `say_for_whom`, and what is not there for a stranger. */
  async run(actor: Actor, name: RouteName, bankId: string, said: SaidByCall): Promise<Actor> {
    const roles = (actor.proxies ?? []).filter((role) => role.bankId === bankId);
    const route = proxyRoutes[name];
    if (roles.length === 0 || route === 'any') return actor;
    const ownRoles = actor.roles.filter(({ role, memberId }) => role !== 'proxy' || memberId !== null);
    const standsAlone = decide({ ...actor, roles: ownRoles }, paths[name][2], bankId) === 'allowed';
    if (route === undefined) {
      if (standsAlone) return actor;
      throw refuse('access/not_allowed');
    }
    const about = await this.about(route.by, bankId, said);
    if (about === null) return actor;
    const isHelper = about.volunteerId !== undefined && isOneself(actor, about.volunteerId);
    const isStaff = standsAlone && (['coordinator', 'admin', 'auditor'] as const).some((role) => hasRole(actor, role, bankId));
    const standing: Standing = { standsAlone, isStaff, isHelper, isReading: paths[name][0] === 'GET', by: route.by };
    const answer = sayFor(route.scope, roles, about.clientId, standing);
    if ('refused' in answer) throw refuse(answer.refused, answer.refused === 'proxies/not_in_scope' ? { scope: route.scope } : {});
    return answer.forClient === null ? actor : standIn(actor, bankId, answer.forClient);
  }

  /** Says why, where somebody's right to act at this bank has ended. */
  async refuseEnded(actor: Actor, name: RouteName, bankId: string): Promise<void> {
    if (proxyRoutes[name] === undefined || !uuid.test(bankId)) return;
    const ended = await this.unit.run([bankId], () =>
      this.unit.one('select from proxy where person_id = $1 and bank_id = $2 and (ended_at is not null or ends_at <= $3) limit 1', [
        actor.personId,
        bankId,
        this.unit.now,
      ]),
    );
    if (ended) throw refuse('proxies/ended');
  }

  /** Whom a call is about; a client of null is nobody. Null where an id cannot be read: its message refuses that. */
  private async about(by: Standing['by'], bankId: string, { params, query, body }: SaidByCall): Promise<About | null> {
    if (by === 'query' || by === 'body') {
      const clientId = field(by === 'query' ? query : body, 'clientId');
      if (clientId === null) return by === 'query' ? { clientId: null } : null;
      return uuid.test(clientId) ? { clientId } : null;
    }
    const { id, sql } = lookUp[by];
    const value = field(params, id);
    if (value === null || !uuid.test(value)) return null;
    return this.unit.run([bankId], async () => (await this.unit.one<About>(sql, [bankId, value])) ?? { clientId: null });
  }
}
