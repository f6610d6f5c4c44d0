import type { VisitLine } from '@timebank/contract/client';

type Line = Pick<VisitLine, 'state' | 'plannedStart' | 'volunteerId' | 'volunteerName' | 'clientId' | 'clientName'>;
export type OtherPerson = { memberId: string; name: string; visits: number; last: string };

const notDone = new Set(['planned', 'in_progress', 'cancelled', 'no_show', 'rejected']);

/** Those who served a client, or whom a volunteer served, in the visits that took place: how often and when last; the most frequent first, then the latest. */
export function otherPeople(visits: readonly Line[], side: 'client' | 'volunteer'): OtherPerson[] {
  const people = new Map<string, OtherPerson>();
  for (const visit of visits) {
    if (notDone.has(visit.state)) continue;
    const [memberId, name] = side === 'client' ? [visit.volunteerId, visit.volunteerName] : [visit.clientId, visit.clientName];
    const known = people.get(memberId);
    const last = known && known.last > visit.plannedStart ? known.last : visit.plannedStart;
    people.set(memberId, { memberId, name, visits: (known?.visits ?? 0) + 1, last });
  }
  return [...people.values()].sort((one, other) => other.visits - one.visits || other.last.localeCompare(one.last));
}
