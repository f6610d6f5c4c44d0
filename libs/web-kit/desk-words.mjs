/** Sections of the product's words that only the desk says: a phone need not fetch them before its first screen. `desk-words.spec.ts` holds the phone to it. */
export const deskWords = [
  'actReasonCodes',
  'accountKinds',
  'ageBands',
  'appealRemedies',
  'circumstances',
  'eventKinds',
  'eventOutcomes',
  'gateReasons',
  'genders',
  'grantOutcomes',
  'grantReasons',
  'integrityKinds',
  'kindClasses',
  'letterOutcomes',
  'letterReasonCodes',
  'manualReasonCodes',
  'pastVisitReasonCodes',
  'payers',
  'policyKeys',
  'policyValues',
  'qualifications',
  'riskLevels',
  'scanWays',
  'timeSources',
];

/** Areas of refusals that answer only what the desk does. */
export const deskRefusals = [
  'acts',
  'approvals',
  'call_backs',
  'card_sheets',
  'clearing',
  'displays',
  'grants',
  'policy',
  'reports',
  'service_kinds',
  'settlements',
];

/** Leaves the desk's words out of a build. */
export const withoutDeskWords = () => ({
  name: 'without-desk-words',
  enforce: 'pre',
  transform(code, id) {
    if (!/\/libs\/contract\/locales\/[a-zA-Z-]+\.json$/.test(id)) return null;
    const words = JSON.parse(code);
    for (const section of deskWords) delete words[section];
    for (const refusal of Object.keys(words.refusals ?? {}))
      if (deskRefusals.includes(refusal.split('/')[0])) delete words.refusals[refusal];
    return { code: JSON.stringify(words), map: null };
  },
});
