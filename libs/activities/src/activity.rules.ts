import { type ActivityState, type GateReason, gateReasons, refuse, type RefusalCode } from '@timebank/contract';
import type { Refusal } from '@timebank/kernel';

type Times = { startsAt: Date; endsAt: Date };
type Ends = { endsAt: Date; closedAt: Date | null; cancelledAt: Date | null };

/** So long before it and after it the code of a screen is taken. */
const marginMs = 30 * 60_000;
const minuteMs = 60_000;
const hourMs = 3_600_000;
const longestMs = 24 * hourMs;

export function stateOf({ endsAt, closedAt, cancelledAt }: Ends, now: Date): ActivityState {
  if (cancelledAt) return 'cancelled';
  if (closedAt) return 'closed';
  return now < endsAt ? 'open' : 'over';
}

/** It ends a minute after it starts at the least, and within a day. */
export const inOrder = ({ startsAt, endsAt }: Times): boolean =>
  endsAt.getTime() - startsAt.getTime() >= minuteMs && endsAt.getTime() - startsAt.getTime() <= longestMs;

/** How many helpers it lacks that somebody should look for now: none until so many hours before it, and none once it has begun. */
export function lackingHelpers(
  { startsAt, helperPlaces, helpers, ...ends }: Times & Ends & { helperPlaces: number; helpers: number },
  now: Date,
  hours: number,
): number {
  const isNear = startsAt > now && startsAt.getTime() - now.getTime() <= hours * hourMs;
  return isNear && stateOf({ ...ends }, now) === 'open' ? Math.max(0, helperPlaces - helpers) : 0;
}

/** The code proves that somebody is there now. From paper it can be written down from the beginning on. */
export function mayCheckIn({ startsAt, endsAt }: Times, now: Date, byCode: boolean): boolean {
  const margin = byCode ? marginMs : 0;
  return now.getTime() >= startsAt.getTime() - margin && (!byCode || now.getTime() <= endsAt.getTime() + margin);
}

export type HelperFacts = {
  isVolunteer: boolean;
  isBarred: boolean;
  isPaused: boolean;
  overlappingVisit: string | null;
  overlappingActivity: string | null;
};

/** What stands between somebody and helping, in the words of the gate of visits; what the gate asks about a client has no meaning here. */
export function helperRefusal(facts: HelperFacts): Refusal | null {
  const { overlappingVisit: visitId, overlappingActivity: activityId } = facts;
  const found: [GateReason, boolean][] = [
    ['not_a_volunteer', !facts.isVolunteer],
    ['barred', facts.isBarred],
    ['overlaps', visitId !== null || activityId !== null],
    ['paused', facts.isPaused],
  ];
  const gate = found.flatMap(([reason, holds]) => (holds ? [reason] : []));
  const [first] = gate;
  if (first === undefined) return null;
  if (first !== 'overlaps') return refuse(gateReasons[first].code as RefusalCode, { gate }, 'params.memberId');
  return visitId === null ? refuse('activities/overlaps', { gate, activityId }) : refuse('visits/overlapping_plan', { gate, visitId });
}
