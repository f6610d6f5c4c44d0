/** Sections of the product's words that only the desk says: a phone need not fetch them before its first screen. `desk-words.spec.ts` holds the phone to it. */
export const deskWords = [
  'actReasonCodes',
  'accountKinds',
  'ageBands',
  'appealRemedies',
  'assurances',
  'callBackResults',
  'circumstances',
  'eventKinds',
  'eventOutcomes',
  'exceptionWays',
  'gateReasons',
  'genders',
  'grantOutcomes',
  'grantReasons',
  'integrityKinds',
  'kindClasses',
  'lanes',
  'letterOutcomes',
  'letterReasonCodes',
  'manualReasonCodes',
  'pastVisitReasonCodes',
  'payers',
  'placeStates',
  'policyKeys',
  'policyValues',
  'qualifications',
  'riskLevels',
  'scanWays',
  'timeSources',
];

/** Areas of refusals, and single ones, that answer only what the desk does, or an operator. */
export const deskRefusals = [
  'acts',
  'extensions',
  'qualifications',
  'approvals',
  'call_backs',
  'card_sheets',
  'clearing',
  'grants',
  'insurances',
  'policy',
  'reports',
  'settlements',
  'week',
  'banks/closing_day',
  'banks/id_reused',
  'banks/not_closed',
  'banks/same_name',
  'banks/stale',
  'banks/work_left',
  'banks/zone_begins_too_early',
  'banks/zone_unreadable',
  'courses/already_begun',
  'courses/already_drawn',
  'courses/closes_too_late',
  'courses/id_reused',
  'courses/listed_twice',
  'courses/no_qualification',
  'courses/not_attended',
  'courses/not_found',
  'courses/not_over',
  'courses/sign_up_open',
  'courses/teaches_it',
  'courses/wrong_order',
  'ledger/account_not_empty',
  'ledger/already_reversed',
  'ledger/credit_line',
  'ledger/issue_limit',
  'ledger/key_exposed',
  'ledger/key_other',
  'ledger/not_in_balance',
  'ledger/not_rolled_back',
  'ledger/published_ahead',
  'ledger/published_differs',
  'ledger/reason_needed',
  'ledger/reversal_differs',
  'ledger/reversal_of_reversal',
  'ledger/transactions_behind',
  'members/duplicate',
  'members/phone_in_use',
  'members/phone_needed',
  'members/reason_needed',
  'service_kinds/qualification_twice',
  'service_kinds/same_name',
  'service_kinds/stale',
  'service_kinds/wrong_order',
  'visits/stays_as_it_is',
];

/** Sections, of the product's words and the phone's own, that come with the pages that say them: no part of the first load. */
export const laterWords = [
  'arrival',
  'availability',
  'courses',
  'courseStates',
  'handOver',
  'needs',
  'notices',
  'pausing',
  'qualificationStatuses',
  'relatives',
  'tomorrow',
];

/** Leaves the desk's words out of a build, and what is said later out of the first words: `?later` asks for that alone. */
export const withoutDeskWords = () => ({
  name: 'without-desk-words',
  enforce: 'pre',
  transform(code, id) {
    if (!/\/(libs\/contract|apps\/web\/src)\/locales\/[a-zA-Z-]+\.json(\?later)?$/.test(id)) return null;
    const words = JSON.parse(code);
    const isLater = id.endsWith('?later');
    for (const section of Object.keys(words)) if (laterWords.includes(section) !== isLater) delete words[section];
    if (id.includes('/contract/')) for (const section of deskWords) delete words[section];
    for (const refusal of Object.keys(words.refusals ?? {}))
      if (deskRefusals.includes(refusal) || deskRefusals.includes(refusal.split('/')[0])) delete words.refusals[refusal];
    // With a question behind its name a file is no JSON to the bundler any more.
    if (isLater) return { code: `export default ${JSON.stringify(words)}`, moduleType: 'js', map: null };
    return { code: JSON.stringify(words), map: null };
  },
});
