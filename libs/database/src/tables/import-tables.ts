import type { Tables } from './table-row';

/** Of what was brought in from files. */
export const importTables: Tables = {
  import_run: {
    owner: 'imports',
    readers: '',
    trail: 'values',
    erasure: 'kept',
    stays: { forEver: 'who brought in what stays answerable as long as what came of it' },
  },
  import_piece: {
    owner: 'imports',
    readers: '',
    trail: { left: 'rows of a file on their way into other tables, which keep their own trail' },
    erasure: 'deleted',
    stays: { prunedBy: 'CountImport' },
  },
  import_problem: {
    owner: 'imports',
    readers: '',
    trail: { left: 'rows of a file that were not taken' },
    erasure: 'deleted',
    stays: { prunedBy: 'PruneImports' },
  },
  import_head: {
    owner: 'imports',
    readers: '',
    trail: { left: 'a wish for the next file; nothing is judged by it' },
    erasure: 'kept',
    stays: { forEver: 'one row a head; about nobody' },
  },
  former_number: {
    owner: 'imports',
    readers: '',
    trail: 'states',
    erasure: 'deleted',
    stays: { forEver: 'papers from before name members by it' },
  },
  opening_balance: {
    owner: 'imports',
    readers: '',
    trail: 'states',
    erasure: 'kept',
    stays: { forEver: 'says for what minutes were given' },
  },
  former_visit: {
    owner: 'imports',
    readers: '',
    trail: 'states',
    erasure: 'deleted',
    stays: { forEver: 'the history that a member came with' },
  },
};
