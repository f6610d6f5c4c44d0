import type { VisitState } from '@timebank/contract';
import type { Reader } from './visit-events';

/** How long after a visit its helper still reads where the client lives and what they wrote: to go back for what was left behind. */
const homeReadForMs = 24 * 3_600_000;

type AtHome = {
  state: VisitState;
  plannedEnd: Date;
  capturedOut: Date | null;
  note: string | null;
  homeAddress: string | null;
  place: string | null;
};

const over: readonly VisitState[] = ['cancelled', 'no_show', 'rejected'];

/**
 * Where the client lives, if the request names no other place, and their note. The client sees it; the helper from taking the visit until a day after
 * its end, and not after it was cancelled. Staff read the note here and the address on the member.
 */
export function homeOf(visit: AtHome, reader: Reader, now: Date): { homeAddress: string | null; note: string | null } {
  const end = Math.max(visit.plannedEnd.getTime(), visit.capturedOut?.getTime() ?? 0);
  const isHelping = reader === 'volunteer' && !over.includes(visit.state) && now.getTime() < end + homeReadForMs;
  return {
    homeAddress: (isHelping || reader === 'client') && visit.place === null ? visit.homeAddress : null,
    note: isHelping || reader !== 'volunteer' ? visit.note : null,
  };
}
