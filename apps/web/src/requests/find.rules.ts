import type { RequestAnswer, VisitLine } from '@timebank/contract/client';
import { localDate, type Zone } from '@timebank/kernel';

type Stretch = { from: string; to: string };
type OpenRequest = Pick<RequestAnswer, 'requestId' | 'bankId' | 'clientId' | 'startsAt' | 'endsAt'>;
/** One's own visits, planned and past. */
type Mine = Pick<VisitLine, 'clientId' | 'clientName' | 'state' | 'plannedStart' | 'plannedEnd'>;

/** When somebody has promised to be elsewhere. */
export const busyTimes = (visits: readonly Mine[]): Stretch[] =>
  visits
    .filter(({ state }) => state === 'planned' || state === 'in_progress')
    .map(({ plannedStart, plannedEnd }) => ({ from: plannedStart, to: plannedEnd }));

/** Whether nothing that was promised falls into a request's time; one that ends when the other begins does not. */
export const isFree = ({ startsAt, endsAt }: Pick<OpenRequest, 'startsAt' | 'endsAt'>, busy: readonly Stretch[]): boolean =>
  busy.every(({ from, to }) => Date.parse(to) <= Date.parse(startsAt) || Date.parse(from) >= Date.parse(endsAt));

/** Names of clients whom one has been with before; whom one has only promised is not among them. */
export const knownClients = (visits: readonly Mine[]): Map<string, string> =>
  new Map(visits.filter(({ state }) => state === 'approved').map(({ clientId, clientName }) => [clientId, clientName]));

/** Requests by local day, the soonest first; on each day those of the own bank before those of others. */
export function byDay<Request extends OpenRequest>(
  requests: readonly Request[],
  zone: Zone,
  ownBankId: string,
): { day: string; requests: Request[] }[] {
  const days = new Map<string, Request[]>();
  for (const request of requests.toSorted((one, other) => one.startsAt.localeCompare(other.startsAt))) {
    const day = localDate(new Date(request.startsAt), zone);
    days.set(day, [...(days.get(day) ?? []), request]);
  }
  const ownFirst = (those: Request[]) => [
    ...those.filter(({ bankId }) => bankId === ownBankId),
    ...those.filter(({ bankId }) => bankId !== ownBankId),
  ];
  return [...days].map(([day, those]) => ({ day, requests: ownFirst(those) }));
}
