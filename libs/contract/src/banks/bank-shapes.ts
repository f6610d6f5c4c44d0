import { z } from 'zod';
import * as banks from './banks.messages';
import * as closing from './closing.messages';
import type { RouteName } from '../paths';
import { localDay } from '../primitives';
import type { Shape } from '../shape';

/** Time banks: founding, changing, closing, and their policy. */
export const bankShapes = {
  listBanks: { query: banks.bankQuery, answer: banks.banks, summary: 'The banks I belong to; every bank for the city' },
  putBank: { body: banks.bankInput, answer: banks.bank, kind: 'put', outlastsClosing: true, summary: 'Found a bank with its accounts' },
  getBank: { answer: banks.bank, summary: 'A bank' },
  patchBank: { body: banks.bankPatch, answer: banks.bank, summary: 'Change name or phone of a bank, or its time zone from a day on' },
  previewClosing: { answer: closing.closingPreview, summary: 'What stands in the way of closing a bank, and what would end' },
  closeBank: {
    body: closing.closingInput,
    answer: banks.bank,
    mayWait: true,
    outlastsClosing: true,
    summary: 'Close a bank that has ended its work: from then on it is only read',
  },
  reopenBank: {
    body: closing.reopeningInput,
    answer: banks.bank,
    mayWait: true,
    outlastsClosing: true,
    summary: 'Open a closed bank again',
  },
  getPolicies: {
    query: z.strictObject({ day: localDay.optional() }),
    answer: banks.policies,
    summary: 'Policy in force, and its dated rows',
  },
  putPolicy: { body: banks.policyInput, answer: banks.policyRow, kind: 'put', mayWait: true, summary: 'Lay down a policy row for a bank' },
  putCityPolicy: { body: banks.policyInput, answer: banks.policyRow, kind: 'put', summary: 'Lay down a policy row for the city' },
  withdrawPolicy: { answer: banks.policyRow, mayWait: true, summary: 'Withdraw a policy row of a bank that has not begun' },
  withdrawCityPolicy: { answer: banks.policyRow, summary: 'Withdraw a policy row of the city that has not begun' },
} satisfies Partial<Record<RouteName, Shape>>;
