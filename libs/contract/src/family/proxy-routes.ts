import type { RouteName } from '../paths';
import type { ProxyScope } from './family-lists';

/** Where a call says whom it is about. */
type By = 'query' | 'body' | 'visit' | 'request' | 'series' | 'account';
/** What a proxy needs to call a route, and where it says for which client; `any` is about no client. */
export type ProxyRoute = { scope: ProxyScope; by: By } | 'any';

/**
 * Every route that is open to somebody who acts for a client: there they stand in the client's place, for that call alone. A route that is not here is
 * closed to them, whatever they may do.
 */
export const proxyRoutes: Partial<Record<RouteName, ProxyRoute>> = {
  getBank: 'any',
  listBankKinds: 'any',
  listProxies: 'any',
  endProxy: 'any',

  listVisits: { scope: 'see', by: 'query' },
  getVisit: { scope: 'see', by: 'visit' },
  listRequests: { scope: 'see', by: 'query' },
  getRequest: { scope: 'see', by: 'request' },
  listSeries: { scope: 'see', by: 'query' },
  getSeries: { scope: 'see', by: 'series' },
  getAccount: { scope: 'see', by: 'account' },
  listEntries: { scope: 'see', by: 'account' },
  statementCsv: { scope: 'see', by: 'account' },
  statementJson: { scope: 'see', by: 'account' },
  statementXlsx: { scope: 'see', by: 'account' },
  statementPdf: { scope: 'see', by: 'account' },

  putRequest: { scope: 'ask', by: 'body' },
  patchRequest: { scope: 'ask', by: 'request' },
  sayStillNeeded: { scope: 'ask', by: 'request' },
  putSeries: { scope: 'ask', by: 'body' },
  patchSeries: { scope: 'ask', by: 'series' },
  previewSeries: { scope: 'ask', by: 'series' },

  cancelRequest: { scope: 'cancel', by: 'request' },
  cancelVisit: { scope: 'cancel', by: 'visit' },
  pauseSeries: { scope: 'cancel', by: 'series' },
  resumeSeries: { scope: 'cancel', by: 'series' },
  skipSeries: { scope: 'cancel', by: 'series' },
  endSeries: { scope: 'cancel', by: 'series' },

  putClientAnswer: { scope: 'answer', by: 'visit' },
};
