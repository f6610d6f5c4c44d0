import type { OwnHome } from '@timebank/contract/client';
import { dayRange, localDate } from '@timebank/kernel';
import { useOutbox } from '../phone/my-outbox';
import { lastSeen, noteSeen } from '../shared/last-seen';
import { orKept } from '../shared/or-kept';
import { useSession } from '../shared/session';
import { type VisitShown, withKeptScans } from './local-visits';
import { bringBundleUp, keptVisits } from './my-visits';
import { type MyVisits, sortVisits } from './sort-visits';
import { type Thanks, thanksOf } from './home.rules';

type Side = OwnHome['visits'][number]['side'];
type Figures = Pick<OwnHome, 'account' | 'given' | 'received' | 'givenEver'>;

export type HomeShown = {
  /** As helper; without network those of the day bundle. */
  giving: MyVisits;
  receiving: MyVisits;
  /** Of other days than today: what nobody has decided yet. */
  waiting: VisitShown[];
  thanks: Thanks | null;
  figures: Figures | null;
  unread: number;
  /** When it was seen, where the server did not answer; else null. */
  seenAt: string | null;
};

type KnownHome = OwnHome & { seenAt: string | null };

const waitingStates: readonly VisitShown['state'][] = ['ready', 'needs_ack', 'needs_fix'];

/** What this phone has: the day bundle, and the figures and helpers as they were seen last. Visits to others are in the bundle alone, which says no full name. */
async function keptHome(): Promise<KnownHome | null> {
  const bundle = await keptVisits();
  const seen = lastSeen<OwnHome>('home');
  if (bundle === null && seen === null) return null;
  const visits = (bundle ?? []).map((visit) => ({ ...visit, requestId: '', side: 'volunteer' as const, arrival: null, remindedAt: null }));
  const none: OwnHome = {
    visits: [],
    account: { accountId: '', balanceMinutes: 0, heldMinutes: 0 },
    given: { minutes: 0, neighbours: 0 },
    received: { minutes: 0, neighbours: 0 },
    givenEver: 0,
    unread: 0,
  };
  return { ...none, ...seen?.value, visits: [...visits, ...(seen?.value.visits ?? [])], unread: 0, seenAt: seen?.at ?? '' };
}

/** The first screen of whoever is signed in, in one call; null for somebody who is no member. */
export async function loadHome(): Promise<HomeShown | null> {
  const session = useSession();
  const outbox = useOutbox();
  const ask = async (): Promise<KnownHome | null> => {
    const { own } = await session.ask('home', { query: { part: 'own' } });
    if (own) noteSeen('home', { ...own, visits: own.visits.filter(({ side }) => side === 'client') });
    return own && { ...own, seenAt: null };
  };
  const [own] = await Promise.all([orKept(ask, keptHome), outbox.look()]);
  if (own === null) return null;
  const of = (side: Side): VisitShown[] =>
    own.visits.filter((visit) => visit.side === side).map((visit) => withKeptScans(visit, outbox.unsent));
  const [mine, others] = [of('volunteer'), of('client')];
  if (own.seenAt === null) bringBundleUp(mine);
  const now = session.now();
  const today = localDate(now, session.timeZone);
  const isToday = ({ plannedStart }: VisitShown) => localDate(new Date(plannedStart), session.timeZone) === today;
  const isKnown = own.seenAt !== '';
  return {
    giving: sortVisits(mine, now, session.timeZone),
    receiving: sortVisits(others, now, session.timeZone),
    waiting: mine.filter((visit) => waitingStates.includes(visit.state) && !isToday(visit)),
    thanks: thanksOf(own.visits, dayRange(today, session.timeZone).from),
    figures: isKnown ? { account: own.account, given: own.given, received: own.received, givenEver: own.givenEver } : null,
    unread: own.unread,
    seenAt: own.seenAt,
  };
}
