import type { Availability, MyOffers, RequestAnswer } from '@timebank/contract/client';
import { dayOn, localDate, type Zone } from '@timebank/kernel';
import type { VisitShown } from './local-visits';

type Side = 'volunteer' | 'client';
/** What is on a day: a visit, a request of mine that nobody has taken, a date kept for me, a question that waits for my answer. */
export type OnDay =
  | { what: 'visit'; at: string; visit: VisitShown; mine: Side }
  | { what: 'asked' | 'kept'; at: string; request: RequestAnswer }
  | { what: 'offer'; at: string; offer: MyOffers['items'][number] };

export type MyWeek = {
  given: readonly VisitShown[];
  received: readonly VisitShown[];
  asked: readonly RequestAnswer[];
  kept: readonly RequestAnswer[];
  offers: MyOffers['items'];
  said: Availability | null;
};
export type MyDay = { day: string; on: OnDay[]; free: Availability['weekly']; isAway: boolean };

const nothing = ['cancelled', 'no_show', 'rejected'];

/** Seven days from a Monday, each with what is on it by the bank's calendar, in order. */
export function daysOf({ given, received, asked, kept, offers, said }: MyWeek, monday: string, zone: Zone): MyDay[] {
  const visits = (mine: Side, those: readonly VisitShown[]): OnDay[] =>
    those.filter(({ state }) => !nothing.includes(state)).map((visit) => ({ what: 'visit', at: visit.plannedStart, visit, mine }));
  const all: OnDay[] = [
    ...visits('volunteer', given),
    ...visits('client', received),
    ...asked.map((request): OnDay => ({ what: 'asked', at: request.startsAt, request })),
    ...kept.map((request): OnDay => ({ what: 'kept', at: request.startsAt, request })),
    ...offers.filter(({ state }) => state === 'open').map((offer): OnDay => ({ what: 'offer', at: offer.startsAt, offer })),
  ].toSorted((one, other) => Date.parse(one.at) - Date.parse(other.at));
  return Array.from({ length: 7 }, (_, at) => {
    const day = dayOn(monday, at);
    return {
      day,
      on: all.filter((one) => localDate(new Date(one.at), zone) === day),
      free: said?.weekly.filter((slot) => slot.day === at + 1) ?? [],
      isAway: said?.pauses.some(({ from, to }) => from <= day && day <= to) ?? false,
    };
  });
}
