import { type MergeOutcome, refuse } from '@timebank/contract';
import type { MergeRow } from './merge.entity';

const undoDays = 7;

/** What stands of each of two members who may be one. */
export type MergeSide = { memberId: string; personId: string; leftOn: string | null; mergedInto: string | null; signsIn: boolean };
export type Obstacles = { openRequests: number; plannedVisits: number; undecidedVisits: number; haveMet: boolean };

/**
 * Whether two members can become one. Refuses `merges/already_merged`, `merges/left`, `merges/keep_the_other`, `merges/met` and `merges/plans_ahead`.
 * Whoever helped the other is somebody else; and what is planned for who goes is planned anew or called off first, so that nobody waits in vain.
 */
export function refuseMerge(stays: MergeSide, goes: MergeSide, { haveMet, ...ahead }: Obstacles): void {
  if (stays.mergedInto !== null || goes.mergedInto !== null) throw refuse('merges/already_merged');
  if (stays.leftOn !== null || goes.leftOn !== null) throw refuse('merges/left');
  if (haveMet) throw refuse('merges/met');
  if (goes.signsIn && !stays.signsIn) throw refuse('merges/keep_the_other');
  if (ahead.openRequests + ahead.plannedVisits + ahead.undecidedVisits > 0) throw refuse('merges/plans_ahead', ahead);
}

export const undoUntil = (mergedAt: Date): Date => new Date(mergedAt.getTime() + undoDays * 86_400_000);

/** Refuses `merges/too_late`. */
export function refuseLateUndo(mergedAt: Date, now: Date): void {
  if (now.getTime() > undoUntil(mergedAt).getTime()) throw refuse('merges/too_late');
}

export const outcomeOf = ({ memberId, otherMemberId, minutes, mergedAt, undoneAt }: MergeRow): MergeOutcome => ({
  memberId,
  otherMemberId,
  minutes,
  mergedAt: mergedAt.toISOString(),
  undoUntil: undoUntil(mergedAt).toISOString(),
  undoneAt: undoneAt?.toISOString() ?? null,
});
