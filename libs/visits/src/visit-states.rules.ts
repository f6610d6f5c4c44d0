import { visitStates, type VisitState } from '@timebank/contract';

/**
 * `rules`: computed at once from what is known. `clock`: nobody did anything in time. `caller`: a coordinator who recorded what the client says; the
 * visit is judged again, and they decide nothing.
 */
export type Mover = 'volunteer' | 'client' | 'coordinator' | 'caller' | 'rules' | 'clock';

/** How a visit comes into being: planned, or recorded when it is over. */
const beginnings: readonly (readonly [VisitState, readonly Mover[]])[] = [
  ['planned', ['volunteer', 'coordinator']],
  ['ended', ['coordinator']],
];

/**
 * The one table of a visit's states: from, to, who. `ended` is only passed through: whoever ends a visit has it judged in the same transaction. A
 * visit that waits ends again when the client says something; one that is not clean, when times are entered by hand; one that needs a fix, by a late
 * event of the volunteer's phone. Whether an approved visit was reversed is read from its transfer. A rule that the bank switched on decides as
 * `rules`.
 */
export const moves: readonly (readonly [VisitState, VisitState, readonly Mover[]])[] = [
  ['planned', 'in_progress', ['volunteer']],
  ['planned', 'ended', ['volunteer', 'coordinator']],
  ['planned', 'cancelled', ['volunteer', 'client', 'coordinator']],
  ['planned', 'no_show', ['clock']],
  ['in_progress', 'ended', ['volunteer', 'coordinator', 'clock']],
  ['ended', 'ready', ['rules']],
  ['ended', 'needs_ack', ['rules']],
  ['ended', 'needs_fix', ['rules']],
  ['ready', 'ended', ['client', 'caller']],
  ['needs_ack', 'ended', ['client', 'caller', 'coordinator']],
  ['needs_fix', 'ended', ['volunteer', 'client', 'caller', 'coordinator']],
  ['ready', 'approved', ['coordinator', 'rules']],
  ['ready', 'rejected', ['coordinator']],
  ['needs_ack', 'approved', ['coordinator']],
  ['needs_ack', 'rejected', ['coordinator']],
  ['needs_fix', 'approved', ['coordinator']],
  ['needs_fix', 'rejected', ['coordinator']],
];

export const finalStates: readonly VisitState[] = ['approved', 'rejected', 'cancelled', 'no_show'];
export const decidableStates: readonly VisitState[] = ['ready', 'needs_ack', 'needs_fix'];

/** Whether `who` may take a visit from one state to another. */
export function mayMove(from: VisitState, to: VisitState, who: Mover): boolean {
  return moves.some(([start, end, movers]) => start === from && end === to && movers.includes(who));
}

/** Whether `who` may bring a visit into being in a state. */
export function mayBegin(state: VisitState, who: Mover): boolean {
  return beginnings.some(([start, movers]) => start === state && movers.includes(who));
}

/** States reachable from `start`, itself among them. */
function reachable(start: VisitState, table: typeof moves): Set<VisitState> {
  const seen = new Set([start]);
  for (const state of seen) {
    for (const [from, to] of table) if (from === state) seen.add(to);
  }
  return seen;
}

/** What is wrong with a table of states: a state never reached, one without an end, an end that goes on. Empty when it is sound. */
export function faultsOf(table: typeof moves): string[] {
  const fromPlanned = reachable('planned', table);
  return visitStates.flatMap((state) => {
    const faults: string[] = [];
    if (!fromPlanned.has(state)) faults.push(`${state} is never reached`);
    if (!finalStates.some((final) => reachable(state, table).has(final))) faults.push(`${state} has no end`);
    if (finalStates.includes(state) && table.some(([from]) => from === state)) faults.push(`${state} is an end and goes on`);
    return faults;
  });
}

/**
 * Where a scan takes a visit; null when it comes too late to count. Online, a visit that has ended takes no more scans. An offline event may still
 * fill the missing end, since it happened before it arrived.
 */
export function targetOfScan(
  visit: { state: VisitState; class: 'verified' | 'manual'; capturedIn: Date | null; capturedOut: Date | null },
  kind: 'in' | 'out',
  offline: boolean,
): 'in_progress' | 'ended' | null {
  const taken = kind === 'in' ? visit.capturedIn : visit.capturedOut;
  if (visit.class === 'manual' || taken !== null || (visit.state === 'needs_fix' && !offline)) return null;
  const target = kind === 'in' && visit.state === 'planned' ? 'in_progress' : 'ended';
  return mayMove(visit.state, target, 'volunteer') && !(kind === 'in' && visit.state === 'in_progress') ? target : null;
}
