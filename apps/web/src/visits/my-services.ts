import type { AnswerOf, Series } from '@timebank/contract/client';
import type { VisitShown } from './local-visits';
import { byStart } from './my-services.rules';
import { useSession } from '../shared/session';

export type Side = 'volunteerId' | 'clientId';
type Line = AnswerOf<'listVisits'>['items'][number];
/** Where each bank's list goes on; null when it is read to its end. */
type Cursors = Record<string, string | null>;
export type PastPage = { visits: Line[]; cursors: Cursors };

const most = 100;
const pageSize = 30;
/** Visits that are over, or cannot change any more. */
const pastStates: readonly VisitShown['state'][] = ['approved', 'rejected', 'cancelled', 'no_show'];

/** The banks where the person stands on this side: as volunteer wherever they help, as client at home. */
function banksOf(side: Side): string[] {
  const session = useSession();
  const home = session.bank?.bankId ?? '';
  return side === 'volunteerId' && session.helpBanks.length > 0 ? session.helpBanks.map(({ bankId }) => bankId) : [home];
}

async function listIn(banks: readonly string[], side: Side, query: object): Promise<Line[]> {
  const session = useSession();
  const asked = banks.map((bankId) =>
    session.ask('listVisits', { params: { bankId }, query: { [side]: session.memberId, limit: most, ...query } }),
  );
  return (await Promise.all(asked)).flatMap(({ items }) => items);
}

/** Visits that wait for a decision, of whatever day: the longest waiting first. */
function loadWaiting(side: Side): Promise<Line[]> {
  return listIn(banksOf(side), side, { waiting: 'any' });
}

/** Visits under way or planned, by start, and those that wait. A planned one whose time has passed stays in sight until the server has closed it. */
export async function loadOpen(side: Side): Promise<{ coming: Line[]; waiting: Line[] }> {
  const banks = banksOf(side);
  const [running, planned, waiting] = await Promise.all([
    listIn(banks, side, { state: 'in_progress' }),
    listIn(banks, side, { state: 'planned' }),
    loadWaiting(side),
  ]);
  return { coming: [...running, ...planned].sort(byStart), waiting };
}

/** What one comes to regularly, wherever one helps; what has ended is gone. */
export async function loadRegular(): Promise<Series[]> {
  const session = useSession();
  const query = { regularId: session.memberId, limit: 50 };
  const lists = await Promise.all(banksOf('volunteerId').map((bankId) => session.ask('listSeries', { params: { bankId }, query })));
  return lists.flatMap(({ items }) => items).filter(({ state }) => state !== 'ended');
}

/** The next page of what is past, newest first, in every bank that has more. */
export async function loadPast(side: Side, cursors: Cursors | null = null): Promise<PastPage> {
  const session = useSession();
  const banks = banksOf(side).filter((bankId) => cursors?.[bankId] !== null);
  const pages = await Promise.all(
    banks.map(async (bankId) => {
      const query = { [side]: session.memberId, sort: 'newest' as const, limit: pageSize, cursor: cursors?.[bankId] ?? undefined };
      return { bankId, answer: await session.ask('listVisits', { params: { bankId }, query }) };
    }),
  );
  const next = Object.fromEntries(pages.map(({ bankId, answer }) => [bankId, answer.nextCursor]));
  const visits = pages.flatMap(({ answer }) => answer.items).filter(({ state }) => pastStates.includes(state));
  return { visits, cursors: { ...cursors, ...next } };
}
