import { z } from 'zod';
import { id, instant, listOf, localMonthText, page, search } from '../primitives';

/** Why a member is a priority elder: the first reason that holds, in this order, which is also the order in which minutes go out. */
export const grantReasons = ['oldest_alone', 'low_income', 'disabled', 'living_alone'] as const;
/** `partly`: less than the month's minutes, the rest for the `code` beside it. */
export const grantOutcomes = ['waiting', 'granted', 'partly', 'refused'] as const;

const count = z.int().min(0);

export const grantRunInput = z.strictObject({ month: localMonthText });
export const grantPreviewQuery = z.strictObject({ ...page, month: localMonthText });
export const grantRunQuery = z.strictObject(page);
export const grantRowQuery = z.strictObject({ ...page, ...search, outcome: z.enum(grantOutcomes).optional() });

/** What a run of the month would do if it went now. `wantedMinutes` is everybody's full share; ceilings and means may leave less. */
export const grantPreview = z.object({
  month: z.string(),
  minutesEach: count,
  eligibleMembers: count,
  reasons: z.array(z.object({ reason: z.enum(grantReasons), members: count })),
  wantedMinutes: count,
  /** What the ceilings take in. */
  grantMinutes: count,
  /** Members whose ceiling leaves no room for the whole share. */
  ceilingMembers: count,
  poolMinutes: count,
  fundMinutes: count,
  /** Drawn from issuance, because the fund lacks it. */
  issuedMinutes: count,
  /** Beyond policy `issueLimitMinutes`: the last in order would go without. */
  lackingMinutes: count,
  /** The run that this month has already. */
  runId: id.nullable(),
  items: z.array(
    z.object({
      memberId: id,
      memberNumber: z.string(),
      name: z.string(),
      age: count,
      reason: z.enum(grantReasons),
      /** What this member's ceiling takes of the share. */
      minutes: count,
    }),
  ),
  nextCursor: z.string().nullable(),
});

export const grantRun = z.object({
  runId: id,
  bankId: id,
  month: z.string(),
  state: z.enum(['running', 'done']),
  minutesEach: count,
  eligibleMembers: count,
  /** Decided so far: granted in full or part, or refused. */
  settledMembers: count,
  grantedMembers: count,
  refusedMembers: count,
  grantedMinutes: count,
  poolMinutes: count,
  /** From the fund, with what issuance covered. */
  fundMinutes: count,
  startedAt: instant,
  finishedAt: instant.nullable(),
});
export const grantRuns = listOf(grantRun);

export const grantRows = listOf(
  z.object({
    memberId: id,
    memberNumber: z.string(),
    name: z.string(),
    accountId: id,
    reason: z.enum(grantReasons),
    outcome: z.enum(grantOutcomes),
    grantedMinutes: count,
    poolMinutes: count,
    /** The reason of a refusal, or of what was left out. */
    code: z.string().nullable(),
  }),
);

export type GrantReason = (typeof grantReasons)[number];
export type GrantOutcome = (typeof grantOutcomes)[number];
export type GrantPreview = z.infer<typeof grantPreview>;
export type GrantPreviewQuery = z.infer<typeof grantPreviewQuery>;
export type GrantRun = z.infer<typeof grantRun>;
export type GrantRunQuery = z.infer<typeof grantRunQuery>;
export type GrantRowQuery = z.infer<typeof grantRowQuery>;
