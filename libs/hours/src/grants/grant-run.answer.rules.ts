import type { GrantRun } from '@timebank/contract';
import type { GrantRunRow } from './grant-run.entity';

/** A run as callers see it: how far it has come, and what went out. */
export function grantRunAnswer(row: GrantRunRow): GrantRun {
  const { runId, bankId, month, minutesEach, eligibleMembers, settledMembers, grantedMembers, refusedMembers, poolMinutes, fundMinutes } =
    row;
  return {
    runId,
    bankId,
    month,
    state: row.finishedAt === null ? 'running' : 'done',
    minutesEach,
    eligibleMembers,
    settledMembers,
    grantedMembers,
    refusedMembers,
    grantedMinutes: poolMinutes + fundMinutes,
    poolMinutes,
    fundMinutes,
    startedAt: row.startedAt.toISOString(),
    finishedAt: row.finishedAt?.toISOString() ?? null,
  };
}
