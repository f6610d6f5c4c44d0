/** What may be brought in from a file. */
export const importKinds = ['members', 'balances', 'visits', 'relations', 'qualifications'] as const;
/** Never green with failures. `queued` until somebody starts it, and then until background work takes it up. */
export const importStates = ['queued', 'running', 'done', 'done_with_failures', 'cancelled'] as const;

const person = ['number', 'name', 'birthDate'] as const;
/** The fields that a file of each kind may have, in the order in which screens list them. */
export const importFields = {
  members: [...person, 'identityNumber', 'roles', 'phone', 'homeAddress', 'gender', 'circumstances', 'helperWish'],
  balances: [...person, 'minutes', 'hours'],
  visits: [
    'volunteerNumber',
    'volunteerName',
    'volunteerBirthDate',
    'clientNumber',
    'clientName',
    'clientBirthDate',
    'serviceKind',
    'day',
    'startedAt',
    'endedAt',
    'minutes',
    'hours',
    'note',
  ],
  relations: [...person, 'otherNumber', 'otherName', 'otherBirthDate', 'relation'],
  qualifications: [...person, 'qualification', 'validUntil'],
} as const;

/** What may be wrong with a row. */
export const importProblemCodes = [
  'missing',
  'cell_error',
  'unprintable_text',
  'nothing_visible',
  'too_long',
  'unreadable_phone',
  'unreadable_day',
  'unreadable_time',
  'too_early',
  'in_future',
  'unreadable_identity',
  'check_digit',
  'identity_differs',
  'unreadable_minutes',
  'negative',
  'too_many_minutes',
  'unknown_value',
  'twice_in_file',
  'not_found',
  'several',
  'another_person',
  'number_taken',
  'has_left',
  'is_sign_in',
  'own_row',
  'other_balance',
  'above_cap',
  'account_closed',
  'wrong_order',
  'too_long_visit',
  'same_person',
  'other_relation',
  'refused_by_ledger',
] as const;

export type ImportKind = (typeof importKinds)[number];
export type ImportState = (typeof importStates)[number];
export type ImportField = (typeof importFields)[ImportKind][number];
export type ImportProblemCode = (typeof importProblemCodes)[number];
