import type { RouteName } from '../paths';
import type { Shape } from '../shape';
import * as proxies from './proxies.messages';

/** Who acts for a client. */
export const familyShapes = {
  listProxies: { query: proxies.proxyQuery, answer: proxies.proxies, summary: 'Who acts for clients of the bank, the newest first' },
  putProxy: {
    body: proxies.proxyInput,
    answer: proxies.proxy,
    kind: 'put',
    summary: 'Let somebody act for a client, on the client’s own word',
  },
  endProxy: { body: proxies.proxyEnd, answer: proxies.proxy, summary: 'Let somebody act for a client no longer, from the next call on' },
  listActsFor: { answer: proxies.actsFor, summary: 'For whom I act' },
} satisfies Partial<Record<RouteName, Shape>>;
