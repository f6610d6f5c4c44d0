import type { ProxyRole } from '@timebank/access';
import type { ProxyRoute, ProxyScope, RefusalCode } from '@timebank/contract';

export type Standing = {
  /** Whether the caller may call the route as themselves. */
  standsAlone: boolean;
  /** As somebody who works for the bank. */
  isStaff: boolean;
  /** Whether it is a visit on which the caller helps. */
  isHelper: boolean;
  isReading: boolean;
  by: Exclude<ProxyRoute, 'any'>['by'];
};

/** Null: the caller acts as themselves. */
export type Answer = { forClient: string | null } | { refused: RefusalCode };

const own: Answer = { forClient: null };

/** What a stranger is told: the same as if it were not there. */
const notThere: Record<Standing['by'], RefusalCode> = {
  query: 'access/not_allowed',
  body: 'access/not_allowed',
  account: 'access/not_allowed',
  visit: 'visits/not_found',
  request: 'requests/not_found',
  series: 'series/not_found',
};

/** For whom a call is, among the clients for whom the caller acts here. */
export function sayFor(scope: ProxyScope, roles: readonly ProxyRole[], clientId: string | null, standing: Standing): Answer {
  if (standing.isStaff) return own;
  const forClient = clientId ?? (standing.by === 'query' && !standing.standsAlone ? onlyClient(roles) : null);
  if (forClient === undefined) return { refused: 'proxies/say_for_whom' };
  const scopes = roles.filter((role) => role.clientId === forClient).map((role) => role.scope);
  if (scopes.length === 0) return standing.standsAlone ? own : { refused: notThere[standing.by] };
  // Whoever helped does not say for the client that it was so.
  if (standing.isHelper)
    return scope === 'answer' ? { refused: 'proxies/own_visit' } : standing.standsAlone ? own : { refused: 'proxies/own_visit' };
  if (scopes.includes(scope)) return { forClient };
  return standing.standsAlone && standing.isReading ? own : { refused: 'proxies/not_in_scope' };
}

/** Undefined: there are several, and the call does not say which. */
function onlyClient(roles: readonly ProxyRole[]): string | undefined {
  const clients = new Set(roles.map(({ clientId }) => clientId));
  return clients.size === 1 ? [...clients][0] : undefined;
}
