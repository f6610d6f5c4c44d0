import { z } from 'zod';

const minutes = z.int().min(0).max(10_000_000);
const days = z.int().min(0).max(3_650);
const percent = z.int().min(0).max(100);
const age = z.int().min(0).max(150);

/**
 * Every policy a bank or the city may set, with its type. Minutes unless the name says otherwise. The value in force on
 * the day of the visit decides.
 */
export const policySchema = z.strictObject({
  roundingMinutes: z.union([z.literal(1), z.literal(5), z.literal(10), z.literal(15), z.literal(30), z.literal(60)]),
  roundingMode: z.enum(['floor', 'half_up']),
  savingsCapMinutes: minutes,
  overflowTo: z.enum(['pool', 'honour']),
  windowBeforeMinutes: minutes,
  windowAfterMinutes: minutes,
  creditOverPlanMinutes: minutes,
  earlyInMinutes: minutes,
  lateInMinutes: minutes,
  earlyOutMinutes: minutes,
  visitCapMinutes: minutes,
  dayCapMinutes: minutes,
  pairVisitsPerDay: z.int().min(1).max(100),
  minimumMinutes: minutes,
  lateSyncMinutes: minutes,
  lateSyncRedMinutes: minutes,
  clockSkewMinutes: minutes,
  farMeters: z.int().min(1).max(100_000),
  farRedMeters: z.int().min(1).max(1_000_000),
  travelKilometersPerHour: z.int().min(1).max(1_000),
  sharedDevicePeople: z.int().min(1).max(100),
  remindAfterMinutes: minutes,
  remindAgainAfterMinutes: minutes,
  closeForgottenAfterMinutes: minutes,
  recordingDeadlineWorkingDays: days,
  reviewWithinDays: days,
  escalateAfterDays: days,
  /** `high_risk`: to be acknowledged of kinds of service with a high risk, and a note of the others. */
  secondSignal: z.enum(['info', 'high_risk', 'yellow']),
  callBackPercentStrong: percent,
  callBackPercentWeak: percent,
  callBackFirstVisits: z.int().min(0).max(100),
  callBackBeforeCredit: z.boolean(),
  callBackTryDays: z.int().min(1).max(100),
  appealWithinDays: days,
  autoApprove: z.boolean(),
  autoApproveAfterHours: z.int().min(0).max(8_760),
  limitWarningPercent: z.int().min(1).max(100),
  issueLimitMinutes: minutes.nullable(),
  holdExpiryDays: days,
  interchange: z.boolean(),
  creditLineMinutes: minutes,
  giftRecipientFromAge: age,
  grantMinutesMonthly: minutes.min(1),
  grantFromAge: age,
  grantAloneFromAge: age,
});

export type Policy = z.infer<typeof policySchema>;
export type PolicyKey = keyof Policy;
export const policyKeys = Object.keys(policySchema.shape) as PolicyKey[];

/** Defaults with their sources; a city replaces those marked as assumption. */
export const policyDefaults: { [Key in PolicyKey]: { value: Policy[Key]; source: string } } = {
  roundingMinutes: { value: 1, source: 'Nanjing Jianye: a 20-minute visit is credited as 20' },
  roundingMode: { value: 'floor', source: 'assumption' },
  savingsCapMinutes: { value: 90_000, source: 'Nanjing 2019: 1,500 hours' },
  overflowTo: { value: 'pool', source: 'Nanjing 2019' },
  windowBeforeMinutes: { value: 30, source: 'HandsOn Connect' },
  windowAfterMinutes: { value: 60, source: 'HandsOn Connect' },
  creditOverPlanMinutes: { value: 15, source: 'assumption' },
  earlyInMinutes: { value: 15, source: 'assumption' },
  lateInMinutes: { value: 10, source: 'assumption' },
  earlyOutMinutes: { value: 15, source: 'assumption' },
  visitCapMinutes: { value: 240, source: 'assumption' },
  dayCapMinutes: { value: 480, source: 'Korea VMS: 8 hours a day' },
  pairVisitsPerDay: { value: 3, source: 'i-Zhiyuan: 3 visits a day for one pair' },
  minimumMinutes: { value: 10, source: 'assumption' },
  lateSyncMinutes: { value: 1_440, source: 'assumption: a day without signal is worth a look' },
  lateSyncRedMinutes: { value: 4_320, source: 'assumption: offline bundles last 72 hours' },
  clockSkewMinutes: { value: 2, source: 'assumption' },
  farMeters: { value: 400, source: 'Texas EVV: a quarter of a mile' },
  farRedMeters: { value: 1_000, source: 'AlayaCare; assumption' },
  travelKilometersPerHour: { value: 60, source: 'assumption: faster than any way through a city' },
  sharedDevicePeople: { value: 2, source: 'assumption: a couple may share a phone' },
  remindAfterMinutes: { value: 15, source: 'EVV, kiosks; assumption' },
  remindAgainAfterMinutes: { value: 60, source: 'EVV, kiosks; assumption' },
  closeForgottenAfterMinutes: { value: 240, source: 'EVV practice, kiosks; assumption' },
  recordingDeadlineWorkingDays: { value: 10, source: 'MCA Order 67 (2020), article 11' },
  reviewWithinDays: { value: 3, source: 'assumption' },
  escalateAfterDays: { value: 7, source: 'Project NEXUS' },
  secondSignal: { value: 'info', source: 'assumption' },
  callBackPercentStrong: { value: 5, source: 'assumption: of visits with a second signal' },
  callBackPercentWeak: { value: 20, source: 'assumption: of visits by the card alone or offline' },
  callBackFirstVisits: { value: 3, source: "assumption: every one of a new pair's first visits" },
  callBackBeforeCredit: { value: false, source: 'assumption: a call is a sample, not a condition' },
  callBackTryDays: { value: 2, source: 'assumption: nobody reached on two days, then a person decides with a reason' },
  appealWithinDays: { value: 30, source: 'assumption: counted from the decision' },
  autoApprove: { value: false, source: 'assumption: people decide until a bank chooses otherwise' },
  autoApproveAfterHours: { value: 24, source: 'assumption: a day to look first' },
  limitWarningPercent: { value: 90, source: 'assumption' },
  issueLimitMinutes: { value: null, source: 'assumption: no limit' },
  holdExpiryDays: { value: 30, source: 'assumption' },
  interchange: { value: false, source: 'Nanjing 2021: city-wide interchange; each bank agrees' },
  creditLineMinutes: { value: 6_000, source: 'assumption: 100 hours before a bank has to give back' },
  giftRecipientFromAge: { value: 60, source: 'Nanjing, Gulou 2018' },
  grantMinutesMonthly: { value: 360, source: 'assumption' },
  grantFromAge: { value: 60, source: 'Nanjing 2019: low-income, disabled or living alone' },
  grantAloneFromAge: { value: 80, source: 'Nanjing 2019: living alone' },
};
