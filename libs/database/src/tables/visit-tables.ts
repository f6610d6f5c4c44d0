import type { Tables } from './table-row';

const proof = 'what was decided about a visit can be asked about as long as its minutes stand';
const named = 'a request names its kind';
const scanned = 'a scan names it';

/** Of requests and visits, with what proves and decides them. */
export const visitTables: Tables = {
  request: {
    owner: 'requests',
    readers: 'care hours reports visits',
    trail: 'values',
    erasure: ['place', 'note', 'content_hash'],
    stays: { forEver: 'a visit names it' },
  },
  gate_overrule: { owner: 'visits', readers: '', trail: 'states', erasure: ['note'], stays: { forEver: proof } },
  calendar_feed: {
    owner: 'care',
    readers: '',
    trail: 'values',
    erasure: 'deleted',
    stays: { goesWith: 'whoever made it, when they end it' },
  },
  series: { owner: 'care', readers: '', trail: 'values', erasure: ['content_hash'], stays: { forEver: 'its requests name it' } },
  series_terms: {
    owner: 'care',
    readers: '',
    trail: 'states',
    erasure: ['place', 'note'],
    stays: { forEver: 'says why a date was laid so' },
  },
  series_pause: { owner: 'care', readers: '', trail: 'states', erasure: 'kept', stays: { forEver: 'says why a date is missing' } },
  series_regular: { owner: 'care', readers: '', trail: 'values', erasure: 'deleted', stays: { goesWith: 'the volunteer who ends it' } },
  service_kind: { owner: 'requests', readers: 'care visits', trail: 'values', erasure: 'kept', stays: { forEver: named } },
  service_kind_name: { owner: 'requests', readers: 'care hours', trail: 'values', erasure: 'kept', stays: { forEver: named } },
  service_kind_qualification: { owner: 'requests', readers: 'visits', trail: 'values', erasure: 'kept', stays: { forEver: named } },
  bank_service_kind: { owner: 'requests', readers: '', trail: 'values', erasure: 'kept', stays: { forEver: named } },
  visit: {
    owner: 'visits',
    readers: 'care hours members reports requests',
    trail: 'values',
    erasure: ['manual_note', 'cancel_note', 'cancel_reason_code', 'payer_note', 'content_hash', 'entered_hash'],
    stays: { forEver: 'the books are kept as long as the bank' },
  },
  visit_exception: { owner: 'visits', readers: 'reports', trail: 'values', erasure: ['parameters'], stays: { forEver: proof } },
  approval: { owner: 'visits', readers: 'reports', trail: 'states', erasure: ['note', 'content_hash'], stays: { forEver: proof } },
  late_decision: { owner: 'visits', readers: '', trail: 'states', erasure: ['note'], stays: { forEver: proof } },
  appeal: { owner: 'visits', readers: 'reports', trail: 'states', erasure: ['note', 'content_hash'], stays: { forEver: proof } },
  appeal_answer: { owner: 'visits', readers: 'reports', trail: 'states', erasure: ['note', 'content_hash'], stays: { forEver: proof } },
  call_back: { owner: 'visits', readers: 'reports', trail: 'states', erasure: ['note', 'content_hash'], stays: { forEver: proof } },
  call_back_draw: { owner: 'visits', readers: '', trail: 'states', erasure: 'kept', stays: { forEver: proof } },
  client_answer: { owner: 'visits', readers: 'reports', trail: 'states', erasure: ['note', 'content_hash'], stays: { forEver: proof } },
  letter: { owner: 'visits', readers: '', trail: 'states', erasure: ['content_hash'], stays: { forEver: proof } },
  letter_answer: { owner: 'visits', readers: '', trail: 'states', erasure: ['note', 'content_hash'], stays: { forEver: proof } },
  scan_event: {
    owner: 'visits',
    readers: 'reports',
    trail: 'states',
    erasure: ['device', 'answer', 'distance_meters', 'content_hash'],
    stays: { forEver: proof },
  },
  visit_escalation: { owner: 'visits', readers: '', trail: 'states', erasure: 'kept', stays: { forEver: proof } },
  service_card: { owner: 'visits', readers: '', trail: 'values', erasure: 'kept', stays: { forEver: scanned } },
  card_sheet: {
    owner: 'visits',
    readers: '',
    trail: 'values',
    erasure: 'kept',
    stays: { forEver: 'which cards were made together, and whether anybody holds them, can be asked about' },
  },
  client_place: {
    owner: 'visits',
    readers: 'reports',
    trail: 'states',
    erasure: 'deleted',
    stays: { forEver: 'the newest counts; older ones say by what a distance was measured' },
  },
  location_consent: {
    owner: 'visits',
    readers: '',
    trail: 'states',
    erasure: 'deleted',
    stays: { forEver: 'whether there was consent on a day stays answerable' },
  },
  device: { owner: 'visits', readers: '', trail: 'states', erasure: 'deleted', stays: { forEver: 'a scan may come days late' } },
  display: { owner: 'visits', readers: '', trail: 'values', erasure: ['name', 'content_hash'], stays: { forEver: scanned } },
};
