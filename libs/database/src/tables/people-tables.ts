import type { Tables } from './table-row';

const book = 'the books are kept as long as the bank';
const answerable = 'who did what stays answerable as long as what came of it';
const comesAndGoes = 'comes and goes with each sign-in; the acts that open a way in are in sign_in_act and person';
const counted = 'counts tries at the door, and is gone within days';
const cleared = 'the number stands in the books; what tells who it was is cleared';

/** Of persons, members and what they may do, and of the banks themselves. */
export const peopleTables: Tables = {
  person: {
    owner: 'access',
    readers: 'care hours members notices visits',
    trail: 'values',
    erasure: ['sign_in_phone', 'password_hash'],
    stays: { forEver: 'whoever acted is named by its id; the row goes with the last membership' },
  },
  role: {
    owner: 'access',
    readers: 'care hours members notices reports requests visits',
    trail: 'values',
    erasure: 'deleted',
    stays: { goesWith: 'whoever takes the role, or the leaving of its member' },
  },
  role_change: { owner: 'access', readers: 'reports', trail: 'states', erasure: ['note'], stays: { forEver: answerable } },
  waiting_act: { owner: 'access', readers: 'banks members visits', trail: 'values', erasure: ['content'], stays: { forEver: answerable } },
  sign_in_act: {
    owner: 'access',
    readers: '',
    trail: 'values',
    erasure: 'deleted',
    stays: { forEver: 'who reset whose sign-in stays answerable' },
  },
  locator: {
    owner: 'access',
    readers: 'database ledger process visits',
    trail: 'states',
    erasure: 'deleted',
    stays: { forEver: 'a card that was printed may be shown at any time' },
  },
  session: { owner: 'access', readers: '', trail: { left: comesAndGoes }, erasure: 'deleted', stays: { prunedBy: 'PruneSignIns' } },
  known_device: { owner: 'access', readers: '', trail: { left: comesAndGoes }, erasure: 'deleted', stays: { prunedBy: 'PruneSignIns' } },
  sign_in_code: { owner: 'access', readers: '', trail: { left: counted }, erasure: 'deleted', stays: { prunedBy: 'PruneSignIns' } },
  sign_in_code_ask: { owner: 'access', readers: '', trail: { left: counted }, erasure: 'deleted', stays: { prunedBy: 'PruneSignIns' } },
  sign_in_failure: { owner: 'access', readers: '', trail: { left: counted }, erasure: 'deleted', stays: { prunedBy: 'PruneSignIns' } },
  bank: {
    owner: 'banks',
    readers: 'care hours members reports requests visits',
    trail: 'values',
    erasure: 'kept',
    stays: { forEver: book },
  },
  bank_closing: { owner: 'banks', readers: 'reports', trail: 'states', erasure: ['note'], stays: { forEver: answerable } },
  bank_zone: { owner: 'banks', readers: '', trail: 'states', erasure: 'kept', stays: { forEver: 'days of the past are counted by it' } },
  credit_line: { owner: 'banks', readers: 'reports', trail: 'states', erasure: 'kept', stays: { forEver: book } },
  policy: {
    owner: 'banks',
    readers: 'reports',
    trail: 'states',
    erasure: 'kept',
    stays: { forEver: 'what was decided is judged by what was in force then' },
  },
  policy_withdrawal: {
    owner: 'banks',
    readers: '',
    trail: 'states',
    erasure: 'kept',
    stays: { forEver: 'says that a row never counted' },
  },
  member: {
    owner: 'members',
    readers: 'care hours reports requests visits',
    trail: 'values',
    erasure: ['name', 'birth_date', 'phone', 'circumstances', 'home_address', 'gender', 'helper_wish', 'content_hash'],
    stays: { forEver: cleared },
  },
  member_gram: {
    owner: 'members',
    readers: '',
    trail: { left: "worked out from a member's name, whose own changes are kept" },
    erasure: 'deleted',
    stays: { goesWith: 'the name it is a piece of: another name drops it' },
  },
  guest: { owner: 'members', readers: 'care reports visits', trail: 'values', erasure: ['name'], stays: { forEver: cleared } },
  member_correction: { owner: 'members', readers: '', trail: 'states', erasure: 'deleted', stays: { forEver: answerable } },
  relation: {
    owner: 'members',
    readers: 'reports visits',
    trail: 'values',
    erasure: 'deleted',
    stays: { forEver: 'who may not approve for whom is judged by it' },
  },
  pair_block: {
    owner: 'members',
    readers: 'care requests visits',
    trail: 'values',
    erasure: 'deleted',
    stays: { forEver: 'who is not to meet is judged by it, until the desk ends it' },
  },
  availability: {
    owner: 'members',
    readers: 'care visits',
    trail: 'values',
    erasure: 'deleted',
    stays: { forEver: 'until its member says otherwise' },
  },
  qualification_exemption: {
    owner: 'members',
    readers: 'care requests visits',
    trail: 'values',
    erasure: 'deleted',
    stays: { forEver: 'who was exempt on a day is judged by it' },
  },
  qualification: {
    owner: 'members',
    readers: 'care requests visits',
    trail: 'values',
    erasure: 'deleted',
    stays: { forEver: 'who was qualified on a day is judged by it' },
  },
};
