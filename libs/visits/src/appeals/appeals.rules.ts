import type { RefusalCode, VisitState } from '@timebank/contract';

/** What an appeal needs to know about a visit. `proposedMinutes` is null on visits decided before it was recorded. */
export type AppealedVisit = {
  state: VisitState;
  creditedMinutes: number | null;
  proposedMinutes: number | null;
  decisionReasonCode: string | null;
  decidedAt: Date | null;
};

const dayMilliseconds = 86_400_000;

/** Rejected, or credited with fewer minutes than the rules proposed. If the proposal is unknown, a reason given counts instead. */
function isAgainstVolunteer(visit: AppealedVisit): boolean {
  if (visit.state === 'rejected') return true;
  if (visit.proposedMinutes === null) return visit.decisionReasonCode !== null;
  return (visit.creditedMinutes ?? 0) < visit.proposedMinutes;
}

/** Until when a volunteer may appeal; null where there is nothing to appeal against. */
export function appealUntil(visit: AppealedVisit, withinDays: number): Date | null {
  const decided = visit.state === 'approved' || visit.state === 'rejected';
  if (!decided || visit.decidedAt === null || !isAgainstVolunteer(visit)) return null;
  return new Date(visit.decidedAt.getTime() + withinDays * dayMilliseconds);
}

/** Why an appeal is refused, or null. */
export function refusalOfAppeal(visit: AppealedVisit, withinDays: number, now: Date): RefusalCode | null {
  if (visit.state !== 'approved' && visit.state !== 'rejected') return 'appeals/not_decided';
  const until = appealUntil(visit, withinDays);
  if (until === null) return 'appeals/nothing_to_appeal';
  return now > until ? 'appeals/too_late' : null;
}

/**
 * How a granted appeal is put right: what was posted is reversed and a new visit entered by hand; where nothing was posted,
 * the new visit alone. Both by people other than who decided, since times entered by hand need a second person anyway.
 */
export function remedyOf(outcome: 'upheld' | 'granted', wasPosted: boolean): 'reverse_and_enter' | 'enter_anew' | null {
  if (outcome === 'upheld') return null;
  return wasPosted ? 'reverse_and_enter' : 'enter_anew';
}
