import type { Tables } from './table-row';

const book = 'the books are kept as long as the bank';
const ownTrail = 'the ledger is its own trail: chained, sealed and audited row by row';
const laidAnew = 'laid anew from published papers at each import, whose content hash document_release keeps';
const aboutNobody = 'published papers, about nobody here';
const published = 'held against the published files, number by number';
const files = 'which files made the schema; the start holds it against them';
const aFile = 'one row a file';

/** Of minutes, papers, telling, and the database itself. */
export const otherTables: Tables = {
  account: {
    owner: 'ledger',
    readers: 'activities banks care family hours imports reports requests visits',
    trail: { left: ownTrail },
    erasure: 'kept',
    stays: { forEver: book },
  },
  account_history: { owner: 'ledger', readers: 'reports', trail: { left: ownTrail }, erasure: 'kept', stays: { forEver: book } },
  transfer: { owner: 'ledger', readers: 'hours reports visits', trail: { left: ownTrail }, erasure: 'kept', stays: { forEver: book } },
  hold: { owner: 'ledger', readers: 'banks hours reports visits', trail: { left: ownTrail }, erasure: 'kept', stays: { forEver: book } },
  hold_end: {
    owner: 'ledger',
    readers: 'banks hours reports visits',
    trail: { left: ownTrail },
    erasure: 'kept',
    stays: { forEver: book },
  },
  refusal: { owner: 'ledger', readers: 'hours', trail: { left: ownTrail }, erasure: 'kept', stays: { forEver: book } },
  checkpoint: {
    owner: 'ledger',
    readers: 'visits',
    trail: { left: published },
    erasure: 'kept',
    stays: { forEver: 'a proof rests on every one' },
  },
  ledger_restore: {
    owner: 'ledger',
    readers: '',
    trail: { left: published },
    erasure: 'kept',
    stays: { forEver: 'says which numbers are void' },
  },
  void_checkpoint: {
    owner: 'ledger',
    readers: 'visits',
    trail: { left: published },
    erasure: 'kept',
    stays: { forEver: 'a proof may name one' },
  },
  ledger_clock_repair: {
    owner: 'ledger',
    readers: '',
    trail: 'states',
    erasure: 'kept',
    stays: { forEver: 'says when a clock was wrong' },
  },
  grant_run: { owner: 'hours', readers: '', trail: 'values', erasure: 'kept', stays: { forEver: book } },
  grant_row: { owner: 'hours', readers: '', trail: 'states', erasure: 'kept', stays: { forEver: book } },
  hand_transfer: {
    owner: 'hours',
    readers: 'reports',
    trail: 'states',
    erasure: ['note'],
    stays: { forEver: 'who did what stays answerable as long as what came of it' },
  },
  settlement: { owner: 'hours', readers: 'reports', trail: 'states', erasure: ['content_hash'], stays: { forEver: book } },
  merge: { owner: 'hours', readers: 'reports', trail: 'values', erasure: 'kept', stays: { forEver: book } },
  settlement_share: { owner: 'hours', readers: 'reports', trail: 'states', erasure: 'kept', stays: { forEver: book } },
  document: { owner: 'documents', readers: '', trail: { left: laidAnew }, erasure: 'kept', stays: { forEver: aboutNobody } },
  document_figure: { owner: 'documents', readers: '', trail: { left: laidAnew }, erasure: 'kept', stays: { forEver: aboutNobody } },
  document_label: { owner: 'documents', readers: '', trail: { left: laidAnew }, erasure: 'kept', stays: { forEver: aboutNobody } },
  document_measure: { owner: 'documents', readers: '', trail: { left: laidAnew }, erasure: 'kept', stays: { forEver: aboutNobody } },
  document_problem: { owner: 'documents', readers: '', trail: { left: laidAnew }, erasure: 'kept', stays: { forEver: aboutNobody } },
  document_release: { owner: 'documents', readers: '', trail: { left: laidAnew }, erasure: 'kept', stays: { forEver: aboutNobody } },
  document_section: { owner: 'documents', readers: '', trail: { left: laidAnew }, erasure: 'kept', stays: { forEver: aboutNobody } },
  document_text: { owner: 'documents', readers: '', trail: { left: laidAnew }, erasure: 'kept', stays: { forEver: aboutNobody } },
  document_word: { owner: 'documents', readers: '', trail: { left: laidAnew }, erasure: 'kept', stays: { forEver: aboutNobody } },
  notice: {
    owner: 'notices',
    readers: '',
    trail: { left: 'a copy for its reader of what the outbox told; nothing is judged by it' },
    erasure: 'deleted',
    stays: { forEver: 'until somebody says how long; its reader may look back' },
  },
  outbox: {
    owner: 'database',
    readers: '',
    trail: { left: 'tells on what other rows say; nothing is judged by it' },
    erasure: ['payload'],
    stays: { forEver: 'until somebody says how long after delivery' },
  },
  installation_mark: {
    owner: 'database',
    readers: 'ledger process',
    trail: 'states',
    erasure: 'kept',
    stays: { forEver: 'what the installation has been through' },
  },
  job_round: {
    owner: 'database',
    readers: '',
    trail: { left: 'when background work last went; written again each minute' },
    erasure: 'kept',
    stays: { forEver: 'one row a round' },
  },
  migration: { owner: 'database', readers: '', trail: { left: files }, erasure: 'kept', stays: { forEver: aFile } },
  function_checksum: { owner: 'database', readers: '', trail: { left: files }, erasure: 'kept', stays: { forEver: aFile } },
  migration_checksum: { owner: 'database', readers: '', trail: { left: files }, erasure: 'kept', stays: { forEver: aFile } },
  audit_trail: {
    owner: 'database',
    readers: 'reports visits',
    trail: { left: 'is the trail' },
    erasure: ['salts', 'changes'],
    stays: { forEver: 'it is sealed, as ids and hashes' },
  },
};
