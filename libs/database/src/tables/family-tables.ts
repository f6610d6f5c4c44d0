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
  contact: {
    owner: 'family',
    readers: '',
    trail: 'values',
    erasure: 'deleted',
    stays: { forEver: 'by whose number a client is reached, until the desk says otherwise' },
  },
  phone_call: { owner: 'family', readers: '', trail: 'states', erasure: ['phone'], stays: { forEver: 'who heard what a request came of' } },
  check_in: {
    owner: 'family',
    readers: '',
    trail: 'states',
    erasure: 'deleted',
    stays: { forEver: 'who was called and when decides about the next call' },
  },
  finding: { owner: 'family', readers: '', trail: 'values', erasure: 'deleted', stays: { prunedBy: 'Findings' } },
};
