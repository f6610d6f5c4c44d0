import type { Tables } from './table-row';

/** Of the people around a client. */
export const familyTables: Tables = {
  proxy: {
    owner: 'family',
    readers: '',
    trail: 'values',
    erasure: ['name', 'relation', 'confirmed_from', 'content_hash'],
    stays: { forEver: 'who might act for whom, and on whose word, stays answerable' },
  },
};
