import { dayOn, dayRange } from '@timebank/kernel';
import { useSession } from '../shared/session';
import { loadRegular } from './my-services';
import type { MyWeek } from './my-week.rules';

const most = 200;

/** What a week holds for the person: help they give in every bank where they do, help they get and ask for at home, and what they said of their time. */
export async function loadWeek(monday: string): Promise<MyWeek> {
  const session = useSession();
  const query = {
    from: dayRange(monday, session.timeZone).from.toISOString(),
    to: dayRange(dayOn(monday, 7), session.timeZone).from.toISOString(),
    limit: most,
  };
  const me = session.memberId;
  const [helps, asks] = [session.helpBanks.length > 0, session.has('client')];
  const given = session.helpBanks.map(({ bankId }) =>
    session.ask('listVisits', { params: { bankId }, query: { ...query, volunteerId: me } }),
  );
  const [helped, received, asked, offers, kept, said] = await Promise.all([
    Promise.all(given),
    asks ? session.ask('listVisits', { query: { ...query, clientId: me } }) : null,
    asks ? session.ask('listRequests', { query: { ...query, clientId: me } }) : null,
    helps ? session.ask('myOffers') : null,
    helps ? loadKept(query) : [],
    helps ? session.ask('getAvailability') : null,
  ]);
  return {
    given: helped.flatMap(({ items }) => items),
    received: received?.items ?? [],
    asked: asked?.items.filter(({ state }) => state === 'open' || state === 'waiting_for_minutes') ?? [],
    offers: offers?.items ?? [],
    kept,
    said,
  };
}

/** Dates of what one comes to regularly that are kept, and not yet taken. */
async function loadKept(query: { from: string; to: string; limit: number }): Promise<MyWeek['kept']> {
  const session = useSession();
  const series = await loadRegular();
  const isKept = ({ reservedFor, visitId, state }: MyWeek['kept'][number]) =>
    reservedFor === session.memberId && visitId === null && (state === 'open' || state === 'waiting_for_minutes');
  const dates = series.map(({ bankId, seriesId }) => session.ask('listRequests', { params: { bankId }, query: { ...query, seriesId } }));
  return (await Promise.all(dates)).flatMap(({ items }) => items).filter(isKept);
}
