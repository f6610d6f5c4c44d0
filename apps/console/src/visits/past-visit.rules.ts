import type { Guest, Letter, MemberLine, ServiceKind, Visit } from '@timebank/contract/client';
import { instantOf, localDate, localMinute, type Zone } from '@timebank/kernel';

const dayMilliseconds = 86_400_000;

/** The first values of the form for a visit without a plan; the coordinator finds out what is missing. */
export type FirstValues = {
  clientId: string | null;
  volunteerId: string | null;
  serviceKind: string;
  day: string;
  started: string;
  ended: string;
  reasonCode: string;
};

/** All that the form needs to be shown. */
export type Start = {
  /** Whose draft: of a form by itself, of a letter, of a visit. */
  key: string;
  opened: FirstValues;
  client: MemberLine | null;
  volunteer: MemberLine | null;
  guestId: string;
  guests: Guest[];
  kinds: ServiceKind[];
  letter: Letter | null;
};

type OpenedLetter = Pick<Letter, 'eventId' | 'kind' | 'clientTime' | 'volunteerId' | 'cardClient' | 'visit'>;

const clockOf = (at: string, timeZone: Zone) => localMinute(new Date(at), timeZone).split(' ')[1] ?? '';

/** Whom a letter is about: whose card was read, else whose visit its volunteer had. */
const clientOf = ({ cardClient, visit }: OpenedLetter) => cardClient?.memberId ?? (visit?.own ? visit.clientId : null);

/** The other end of the same visit among the letters of a bank: of this volunteer, at this client, on the right side and within a day. */
function otherEnd(letter: OpenedLetter, letters: readonly OpenedLetter[]): OpenedLetter | null {
  const at = (one: OpenedLetter) => Date.parse(one.clientTime);
  const after = (one: OpenedLetter) => (letter.kind === 'in' ? at(one) - at(letter) : at(letter) - at(one));
  const fitting = letters.filter(
    (one) =>
      one.kind !== letter.kind &&
      one.volunteerId === letter.volunteerId &&
      clientOf(one) === clientOf(letter) &&
      after(one) > 0 &&
      after(one) < dayMilliseconds,
  );
  return fitting.sort((left, right) => after(left) - after(right))[0] ?? null;
}

/** What a letter contains: the people, the end that was scanned, and the other one from its own letter or from the earlier plan. */
export function openedByLetter(letter: OpenedLetter, letters: readonly OpenedLetter[], timeZone: Zone): FirstValues {
  const plan = letter.visit?.own ? letter.visit : null;
  const other = otherEnd(letter, letters)?.clientTime ?? (letter.kind === 'in' ? plan?.plannedEnd : plan?.plannedStart) ?? null;
  const [start, end] = letter.kind === 'in' ? [letter.clientTime, other] : [other, letter.clientTime];
  return {
    clientId: clientOf(letter),
    volunteerId: letter.volunteerId,
    serviceKind: plan?.serviceKind ?? '',
    day: localDate(new Date(start ?? letter.clientTime), timeZone),
    started: start ? clockOf(start, timeZone) : '',
    ended: end ? clockOf(end, timeZone) : '',
    reasonCode: 'offline_scan',
  };
}

type Earlier = Pick<
  Visit,
  'clientId' | 'volunteerId' | 'serviceKind' | 'plannedStart' | 'plannedEnd' | 'capturedIn' | 'capturedOut' | 'appeal'
>;

/** What an earlier visit contains, whose appeal was granted or whose plan is gone: it is recorded anew. */
export function openedByVisit(visit: Earlier, timeZone: Zone): FirstValues {
  const [start, end] = [visit.capturedIn ?? visit.plannedStart, visit.capturedOut ?? visit.plannedEnd];
  return {
    clientId: visit.clientId,
    volunteerId: visit.volunteerId,
    serviceKind: visit.serviceKind,
    day: localDate(new Date(start), timeZone),
    started: clockOf(start, timeZone),
    ended: clockOf(end, timeZone),
    reasonCode: visit.appeal?.state === 'granted' ? 'appeal_granted' : '',
  };
}

/** An empty form: of today. */
export const openedEmpty = (now: Date, timeZone: Zone): FirstValues => ({
  clientId: null,
  volunteerId: null,
  serviceKind: '',
  day: localDate(now, timeZone),
  started: '',
  ended: '',
  reasonCode: '',
});

export type TypedTimes = { day: string; started: string; ended: string };

/** From when to when, as typed in the bank's zone: an end that is not after the start is the next day's. Null while something is missing. */
export function intervalOf(
  { day, started, ended }: TypedTimes,
  timeZone: Zone,
): { start: Date; end: Date; minutes: number; nextDay: boolean } | null {
  if (!day || !started || !ended) return null;
  const nextDay = ended <= started;
  const endDay = nextDay ? new Date(Date.parse(`${day}T00:00:00Z`) + dayMilliseconds).toISOString().slice(0, 10) : day;
  const [start, end] = [instantOf(day, started, timeZone), instantOf(endDay, ended, timeZone)];
  const minutes = Math.round((end.getTime() - start.getTime()) / 60_000);
  return Number.isNaN(minutes) ? null : { start, end, minutes, nextDay };
}
