import { z } from 'zod';
import { id, localDay } from '../primitives';
import { tableChoice } from '../table-choice';

export const ageBands = ['under50', '50to59', '60to69', '70to79', '80plus', 'unknown'] as const;
/** How minutes came to who holds them: served (scanned, or typed in by hand), granted, given, brought along, settled. */
export const timeSources = ['verified', 'manual', 'teaching', 'activity', 'grant', 'gift', 'opening', 'settlement'] as const;

/** Minutes that came to members' accounts and left them in a stretch of time; what was taken back counts against what it reverses. */
const flow = z.object({
  earnedMinutes: z.int(),
  grantedMinutes: z.int(),
  openingMinutes: z.int(),
  giftsReceivedMinutes: z.int(),
  settledInMinutes: z.int(),
  redeemedMinutes: z.int(),
  giftsGivenMinutes: z.int(),
  donatedMinutes: z.int(),
  settledOutMinutes: z.int(),
});

const liability = z.object({
  on: localDay,
  /** The day of the first transfer; null while there is none. */
  firstDay: localDay.nullable(),
  outstandingMinutes: z.int(),
  heldMinutes: z.int(),
  holders: z.int(),
  byAge: z.array(z.object({ band: z.enum(ageBands), minutes: z.int(), holders: z.int() })),
  byYear: z.array(z.object({ year: z.int(), minutes: z.int() })),
  bySource: z.array(z.object({ source: z.enum(timeSources), minutes: z.int() })),
  /** For holders younger than `fromAge` (policy `giftRecipientFromAge`); null where banks differ. */
  notSoon: z.object({ fromAge: z.int().nullable(), minutes: z.int(), holders: z.int() }),
  lastTwelveMonths: flow,
  years: z.array(flow.extend({ year: z.int() })),
  earnedPerYearMinutes: z.int(),
  /** Outstanding over what was redeemed in the last twelve months; null while nothing was. */
  yearsOfCover: z.number().nullable(),
  fund: z.object({
    issuedMinutes: z.int(),
    grantedMinutes: z.int(),
    grantedFromPoolMinutes: z.int(),
    donatedMinutes: z.int(),
    overflowMinutes: z.int(),
    /** Null: issuing has no limit. */
    issueLimitMinutes: z.int().nullable(),
    roomToIssueMinutes: z.int().nullable(),
    /** Fund, pool and room to issue over outstanding; null without a limit on issuing, or while nothing is outstanding. */
    coverPercent: z.number().nullable(),
    /** Fund and pool alone. */
    coverWithoutIssuingPercent: z.number().nullable(),
  }),
  /** By kind of account; their sum is zero, or the ledger is broken. */
  balances: z.object({
    memberMinutes: z.int(),
    poolMinutes: z.int(),
    honourMinutes: z.int(),
    fundMinutes: z.int(),
    issuanceMinutes: z.int(),
    clearingMinutes: z.int(),
    sumMinutes: z.int(),
  }),
});

export const bankLiability = liability.extend({ bankId: id, bankName: z.string() });
/** Banks that a report of the city goes without: the database cannot tell their days by their time zone. */
export const leftOut = z.array(z.object({ bankId: id, bankName: z.string(), timeZone: z.string(), reason: z.literal('time_zone') }));
export const cityLiability = z.object({ city: liability, banks: z.array(bankLiability), leftOut });
export const liabilityQuery = z.strictObject({ on: localDay.optional() });
export const liabilityTableQuery = liabilityQuery.extend(tableChoice);

export type AgeBand = (typeof ageBands)[number];
export type TimeSource = (typeof timeSources)[number];
export type LiabilityFlow = z.infer<typeof flow>;
export type Liability = z.infer<typeof liability>;
export type BankLiability = z.infer<typeof bankLiability>;
export type LeftOut = z.infer<typeof leftOut>[number];
export type CityLiability = z.infer<typeof cityLiability>;
