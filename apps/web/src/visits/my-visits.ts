import { dayRange, localDate } from '@timebank/kernel';
import { useSession } from '../shared/session';
import { readBundle, refreshBundle } from '../phone/day-bundle';
import { fromBundle, withKeptScans, type VisitShown } from './local-visits';
import { orKept } from '../shared/or-kept';
import { useOutbox } from '../phone/my-outbox';
import { sortVisits, type MyVisits } from './sort-visits';

const dayMs = 86_400_000;
const bundleMs = 3 * dayMs;

/** The person's visits from the day bundle on this phone; null when there is none. */
export async function keptVisits(): Promise<VisitShown[] | null> {
  const { visits, fetchedAt } = await readBundle(useSession().me?.personId ?? '');
  return fetchedAt === 0 ? null : visits.map(fromBundle);
}

/** One visit for the scanning screen: from the server, or from the day bundle without network. */
export function loadVisitToScan(bankId: string | undefined, visitId: string): Promise<VisitShown> {
  const session = useSession();
  return orKept<VisitShown>(
    () => session.ask('getVisit', { params: { bankId, visitId } }),
    async () => (await keptVisits())?.find((visit) => visit.visitId === visitId) ?? null,
  );
}

/** A bundle that lacks a visit of the next days was fetched before that one was taken. */
export function bringBundleUp(visits: readonly VisitShown[]): void {
  const session = useSession();
  const end = session.now().getTime() + bundleMs;
  const needed = visits.filter(({ state, plannedStart }) => state === 'planned' && Date.parse(plannedStart) < end);
  void refreshBundle(
    session.me?.personId ?? '',
    needed.map(({ visitId }) => visitId),
  );
}

/**
 * The person's visits from yesterday to two weeks ahead, as volunteer in every bank where they help, or as the one who is helped. Without network
 * those of the day bundle, with scans that have not arrived yet.
 */
export async function loadMyVisits(as: 'volunteerId' | 'clientId'): Promise<MyVisits> {
  const session = useSession();
  const { from } = dayRange(localDate(session.now(), session.timeZone), session.timeZone);
  const query = {
    [as]: session.memberId,
    limit: 200,
    from: new Date(from.getTime() - dayMs).toISOString(),
    to: new Date(from.getTime() + 14 * dayMs).toISOString(),
  };
  const banks = as === 'volunteerId' && session.helpBanks.length > 0 ? session.helpBanks.map(({ bankId }) => bankId) : [undefined];
  const ask = async (): Promise<VisitShown[]> => {
    const lists = await Promise.all(banks.map((bankId) => session.ask('listVisits', { params: bankId ? { bankId } : {}, query })));
    return lists.flatMap(({ items }) => items);
  };
  const outbox = useOutbox();
  const [visits] = await Promise.all([as === 'volunteerId' ? orKept(ask, keptVisits) : ask(), outbox.look()]);
  if (as === 'volunteerId') bringBundleUp(visits);
  return sortVisits(
    visits.map((visit) => withKeptScans(visit, outbox.unsent)),
    session.now(),
    session.timeZone,
  );
}
