import laws from './laws.json' with { type: 'json' };

/** The choices for a rule's value; every other rule is a number. */
const choices: Record<string, readonly (string | number | boolean)[]> = {
  roundingMinutes: [1, 5, 10, 15, 30, 60],
  roundingMode: ['floor', 'half_up'],
  overflowTo: ['pool', 'honour'],
  secondSignal: ['info', 'high_risk', 'yellow'],
  riskyFrom: ['high', 'medium'],
  insuranceRequired: ['off', 'risky', 'all'],
  trainingFrom: ['high', 'medium', 'off'],
  pairFrom: ['high', 'medium', 'off'],
  activityHoursFrom: ['pool', 'fund'],
  callBackBeforeCredit: [true, false],
  autoApprove: [true, false],
  interchange: [true, false],
  offersByRounds: [true, false],
};
const mayBeOpen = new Set(['issueLimitMinutes', 'planCapMinutes', 'pairCapMinutes', 'eveningReminderHour']);

/** What a rule's number counts. */
export type Unit =
  | 'minutes'
  | 'hours'
  | 'days'
  | 'workingDays'
  | 'percent'
  | 'meters'
  | 'speed'
  | 'people'
  | 'times'
  | 'age'
  | 'clock'
  | 'weight';
export type ValueField =
  | { kind: 'choice'; options: readonly (string | number | boolean)[] }
  | { kind: 'number'; unit: Unit; optional: boolean };

const ends: readonly [RegExp, Unit][] = [
  [/Hour$/, 'clock'],
  [/^weight/, 'weight'],
  [/Minutes/, 'minutes'],
  [/Hours$/, 'hours'],
  [/WorkingDays$/, 'workingDays'],
  [/Days(Ahead)?$/, 'days'],
  [/Percent/, 'percent'],
  [/KilometersPerHour$/, 'speed'],
  [/Meters$/, 'meters'],
  [/People$/, 'people'],
  [/Age$/, 'age'],
];
export const unitOf = (key: string): Unit => ends.find(([end]) => end.test(key))?.[1] ?? 'times';

/** How a rule's value is entered. */
export function fieldOf(key: string): ValueField {
  const options = choices[key];
  return options ? { kind: 'choice', options } : { kind: 'number', unit: unitOf(key), optional: mayBeOpen.has(key) };
}

/** A value as people would type it, in the unit that they would speak of: 480 minutes are 8 hours, 90 are 90 minutes. */
export function typedOf(key: string, value: unknown): { text: string; unit: Unit } {
  const unit = unitOf(key);
  if (value === null || value === undefined) return { text: '', unit: unit === 'minutes' ? 'hours' : unit };
  const isHours = unit === 'minutes' && fieldOf(key).kind === 'number' && Number(value) >= 60 && Number(value) % 30 === 0;
  return isHours ? { text: String(Number(value) / 60), unit: 'hours' } : { text: String(value), unit };
}

/** The typed or chosen value of the rule, in its own unit: empty means “no limit” where a rule allows that; what is no number stays as typed, for the server to refuse. */
export function valueOf(key: string, typed: string, unit: Unit = unitOf(key)): string | number | boolean | null {
  const field = fieldOf(key);
  const text = typed.normalize('NFKC').replace(/[\s,]/g, '');
  if (field.kind === 'number' && text === '') return field.optional ? null : typed;
  if (field.kind === 'choice' && typeof field.options[0] === 'string') return typed;
  if (field.kind === 'choice' && typeof field.options[0] === 'boolean') return typed === 'true';
  const number = Number(text);
  if (Number.isNaN(number)) return typed;
  // Tenths of an hour are minutes; a rounding error is none.
  return unit === 'hours' && unitOf(key) === 'minutes' ? Number((number * 60).toFixed(6)) : number;
}

type Row = { policyId: string; bankId: string | null; key: string; validFrom: string; recordedAt: string; withdrawnAt: string | null };

const latestFirst = (one: Row, other: Row) =>
  other.validFrom.localeCompare(one.validFrom) || Date.parse(other.recordedAt) - Date.parse(one.recordedAt);

/** The row that decides a rule on a day: the bank's own before the city's, then the latest start, then the latest recorded. A withdrawn one never does. */
export function rowInForce<Found extends Row>(rows: readonly Found[], key: string, day: string): Found | null {
  const begun = rows.filter((row) => row.key === key && row.validFrom <= day && row.withdrawnAt === null);
  const own = begun.filter((row) => row.bankId !== null);
  return [...(own.length > 0 ? own : begun)].sort(latestFirst)[0] ?? null;
}

export type RowState = 'now' | 'coming' | 'over' | 'under' | 'withdrawn';

/** A rule's rows, latest first, each with what it is on a day: in force, to come, replaced by a later one, or under the bank's own. */
export function historyOf<Found extends Row>(rows: readonly Found[], key: string, day: string): (Found & { state: RowState })[] {
  const decides = rowInForce(rows, key, day);
  const stateOf = (row: Found): RowState => {
    if (row.withdrawnAt !== null) return 'withdrawn';
    if (row.validFrom > day) return 'coming';
    if (row.policyId === decides?.policyId) return 'now';
    return row.bankId === null && decides?.bankId ? 'under' : 'over';
  };
  return rows
    .filter((row) => row.key === key)
    .sort(latestFirst)
    .map((row) => ({ ...row, state: stateOf(row) }));
}

/** Rules by what they are about, in the order in which people ask. */
export const topics = {
  time: [
    'roundingMinutes',
    'roundingMode',
    'creditOverPlanMinutes',
    'minimumMinutes',
    'visitCapMinutes',
    'dayCapMinutes',
    'pairVisitsPerDay',
  ],
  helping: [
    'restMinutes',
    'planCapMinutes',
    'pairCapMinutes',
    'reactivateWithinDays',
    'riskyFrom',
    'insuranceRequired',
    'trainingFrom',
    'pairFrom',
    'pairFirstVisits',
    'activityHoursFrom',
    'activityShortageHours',
    'silentAfterDays',
    'findingDays',
    'seriesDaysAhead',
    'holdSeriesDays',
  ],
  asking: [
    'offersByRounds',
    'shareOpenAfterHours',
    'offerDaysAhead',
    'offerFirstPeople',
    'offerFirstMinutes',
    'offerNextPeople',
    'offerNextMinutes',
    'urgentWithinMinutes',
    'urgentPeople',
    'urgentMinutes',
    'askAgainMinutes',
    'quietFromHour',
    'quietUntilHour',
    'weightHelpedBefore',
    'weightAskedFor',
    'weightDistance',
    'weightAvailability',
    'weightLanguage',
    'weightKind',
    'weightFairness',
    'weightReliability',
  ],
  scans: [
    'windowBeforeMinutes',
    'windowAfterMinutes',
    'earlyInMinutes',
    'lateInMinutes',
    'earlyOutMinutes',
    'eveningReminderHour',
    'arrivalAskMinutes',
    'remindAfterMinutes',
    'remindAgainAfterMinutes',
    'closeForgottenAfterMinutes',
  ],
  evidence: [
    'secondSignal',
    'farMeters',
    'farRedMeters',
    'travelKilometersPerHour',
    'sharedDevicePeople',
    'lateSyncMinutes',
    'lateSyncRedMinutes',
    'clockSkewMinutes',
    'unvouchedMinutes',
    'sentTogetherMinutes',
    'sentLateMinutes',
  ],
  review: [
    'recordingDeadlineWorkingDays',
    'reviewWithinDays',
    'escalateAfterDays',
    'autoApprove',
    'autoApproveAfterHours',
    'callBackPercentStrong',
    'callBackPercentWeak',
    'callBackFirstVisits',
    'callBackBeforeCredit',
    'callBackTryDays',
    'appealWithinDays',
  ],
  savings: ['savingsCapMinutes', 'overflowTo', 'limitWarningPercent', 'holdExpiryDays', 'giftRecipientFromAge'],
  grants: ['grantMinutesMonthly', 'grantFromAge', 'grantAloneFromAge', 'issueLimitMinutes', 'secondPersonAboveMinutes'],
  others: ['interchange', 'creditLineMinutes'],
} as const satisfies Record<string, readonly string[]>;

/** The known topics with the rules that there are; rules of a newer server stand under `more`. */
export function byTopic(keys: readonly string[]): { topic: string; keys: string[] }[] {
  const known: { topic: string; keys: string[] }[] = Object.entries(topics).map(([topic, own]) => ({
    topic,
    keys: own.filter((key) => keys.includes(key)),
  }));
  const sorted = new Set(known.flatMap((one) => one.keys));
  return [...known, { topic: 'more', keys: keys.filter((key) => !sorted.has(key)) }].filter((one) => one.keys.length > 0);
}

/** Where a default comes from, as a key of `policySources`; every other one is an assumption. */
const defaultSources: Record<string, string> = {
  roundingMinutes: 'jianye',
  savingsCapMinutes: 'nanjing2019',
  overflowTo: 'nanjing2019',
  windowBeforeMinutes: 'handsOn',
  windowAfterMinutes: 'handsOn',
  dayCapMinutes: 'vms',
  pairVisitsPerDay: 'iZhiyuan',
  farMeters: 'texas',
  farRedMeters: 'alayaCare',
  remindAfterMinutes: 'evv',
  remindAgainAfterMinutes: 'evv',
  closeForgottenAfterMinutes: 'evv',
  recordingDeadlineWorkingDays: 'order67',
  escalateAfterDays: 'nexus',
  interchange: 'nanjing2021',
  giftRecipientFromAge: 'gulou2018',
  grantFromAge: 'nanjing2019',
  grantAloneFromAge: 'nanjing2019',
};
export const defaultSourceOf = (key: string) => defaultSources[key] ?? 'assumption';

/** Where the state publishes a law or an order that a source names; null where it names none that we know. */
export function lawIn(source: string): string | null {
  return laws.find(({ names }) => names.some((name) => source.toLowerCase().includes(name)))?.register ?? null;
}
