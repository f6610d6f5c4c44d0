import { z } from 'zod';
import type { RouteName } from '../paths';
import { empty, page } from '../primitives';
import type { Shape } from '../shape';
import * as kinds from './kinds.messages';
import * as requests from './requests.messages';

const code = kinds.kindCode;

/** Kinds of service, and what clients need. */
export const requestShapes = {
  listServiceKinds: { query: z.strictObject(page), answer: kinds.serviceKinds, summary: 'Service kinds' },
  putServiceKind: {
    params: { code },
    body: kinds.serviceKindInput,
    // Five texts about risks, as a script may write them.
    largestBody: { bytes: 65_536, values: 1_000 },
    answer: kinds.serviceKind,
    kind: 'put',
    summary: 'Lay down or change a service kind',
  },
  listBankKinds: { query: z.strictObject(page), answer: kinds.bankKinds, summary: 'Service kinds as a bank has them' },
  putBankKind: {
    params: { code },
    body: kinds.bankKindInput,
    answer: kinds.bankKind,
    kind: 'put',
    summary: 'Switch a service kind of a bank on or off, and adjust it',
  },
  listRequests: { query: requests.requestQuery, answer: requests.requestList, summary: 'Requests' },
  putRequest: { body: requests.requestInput, answer: requests.request, kind: 'put', summary: 'Ask for help' },
  getRequest: { answer: requests.request, summary: 'A request' },
  patchRequest: { body: requests.requestPatch, answer: requests.request, summary: 'Change an open request' },
  sayStillNeeded: { body: empty.optional(), answer: requests.request, summary: 'Say that a request is still needed' },
  cancelRequest: { body: requests.cancelInput.optional(), answer: requests.request, summary: 'Cancel a request' },
} satisfies Partial<Record<RouteName, Shape>>;
