import { ageBands, timeSources, type AccountKind, type AgeBand, type Liability, type LiabilityFlow } from '@timebank/contract';
import type { TransferKind } from '@timebank/contract';

/** A bank, the requested day, and its policy on that day. */
export type Scope = { bankId: string; on: string; fromAge: number; issueLimitMinutes: number | null };

/** Minutes that moved from one kind of account to another; negative when more was taken back. */
export type MovedMinutes = {
  bankId: string;
  year: number;
  isRecent: boolean;
  kind: TransferKind;
  giver: AccountKind;
  taker: AccountKind;
  minutes: number;
  firstDay: string;
};

/** Minutes that members still hold, with how many hold them. Each holder counts once, in the row of the newest that came. */
export type Lot = { bankId: string; band: AgeBand; isYoung: boolean; source: string; year: number; minutes: number; holders: number };
export type HeldMinutes = { bankId: string; minutes: number };
export type Rows = { moved: readonly MovedMinutes[]; lots: readonly Lot[]; held: readonly HeldMinutes[] };

const sum = <Row extends { minutes: number }>(rows: readonly Row[], counts: (row: Row) => boolean = () => true): number =>
  rows.reduce((total, row) => (counts(row) ? total + row.minutes : total), 0);

const rounded = (value: number, digits: number) => Number(value.toFixed(digits));
const percentOf = (part: number, whole: number) => (whole > 0 ? rounded((part / whole) * 100, 1) : null);

const came: Partial<Record<TransferKind, keyof LiabilityFlow>> = {
  service: 'earnedMinutes',
  teaching: 'earnedMinutes',
  activity: 'earnedMinutes',
  grant: 'grantedMinutes',
  opening: 'openingMinutes',
  gift: 'giftsReceivedMinutes',
};
const went: Partial<Record<TransferKind, keyof LiabilityFlow>> = {
  service: 'redeemedMinutes',
  overflow: 'redeemedMinutes',
  gift: 'giftsGivenMinutes',
  donation: 'donatedMinutes',
};

/**
 * What came to members and left them. The part of a service that the volunteer's cap sent on (`overflow`) was care to the client all
 * the same. Every other kind counts as settled, so that what came less what went is always the change of the balances.
 */
function flowOf(moved: readonly MovedMinutes[]): LiabilityFlow {
  const flow: LiabilityFlow = {
    earnedMinutes: 0,
    grantedMinutes: 0,
    openingMinutes: 0,
    giftsReceivedMinutes: 0,
    settledInMinutes: 0,
    redeemedMinutes: 0,
    giftsGivenMinutes: 0,
    donatedMinutes: 0,
    settledOutMinutes: 0,
  };
  for (const { kind, giver, taker, minutes } of moved) {
    if (taker === 'member') flow[came[kind] ?? 'settledInMinutes'] += minutes;
    if (giver === 'member') flow[went[kind] ?? 'settledOutMinutes'] += minutes;
  }
  return flow;
}

function balanceOf(moved: readonly MovedMinutes[], kind: AccountKind): number {
  return sum(moved, (row) => row.taker === kind) - sum(moved, (row) => row.giver === kind);
}

function balancesOf(moved: readonly MovedMinutes[]): Liability['balances'] {
  const of = (kind: AccountKind) => balanceOf(moved, kind);
  const [memberMinutes, poolMinutes, honourMinutes] = [of('member'), of('pool'), of('honour')];
  const [fundMinutes, issuanceMinutes, clearingMinutes] = [of('fund'), of('issuance'), of('clearing')];
  const sumMinutes = memberMinutes + poolMinutes + honourMinutes + fundMinutes + issuanceMinutes + clearingMinutes;
  return { memberMinutes, poolMinutes, honourMinutes, fundMinutes, issuanceMinutes, clearingMinutes, sumMinutes };
}

/** What a bank may still issue: its limit minus everything that issuance has given out. Null without a limit. */
function roomToIssue({ bankId, issueLimitMinutes }: Scope, moved: readonly MovedMinutes[]): number | null {
  if (issueLimitMinutes === null) return null;
  const own = moved.filter((row) => row.bankId === bankId);
  return Math.max(0, issueLimitMinutes + balanceOf(own, 'issuance'));
}

/** The sum over several banks; null as soon as one has no limit. */
function together(parts: readonly (number | null)[]): number | null {
  return parts.reduce<number | null>((total, part) => (total === null || part === null ? null : total + part), 0);
}

function fundOf(scopes: readonly Scope[], moved: readonly MovedMinutes[], balances: Liability['balances']): Liability['fund'] {
  const of = (kind: TransferKind, ends: Partial<Pick<MovedMinutes, 'giver' | 'taker'>>) =>
    sum(
      moved,
      (row) =>
        row.kind === kind &&
        (ends.giver === undefined || row.giver === ends.giver) &&
        (ends.taker === undefined || row.taker === ends.taker),
    );
  const { memberMinutes, fundMinutes, poolMinutes } = balances;
  const roomToIssueMinutes = together(scopes.map((scope) => roomToIssue(scope, moved)));
  return {
    issuedMinutes: of('issue', { giver: 'issuance' }),
    grantedMinutes: of('grant', { giver: 'fund' }),
    grantedFromPoolMinutes: of('grant', { giver: 'pool' }),
    donatedMinutes: of('donation', { taker: 'pool' }),
    overflowMinutes: of('overflow', { taker: 'pool' }),
    issueLimitMinutes: together(scopes.map((scope) => scope.issueLimitMinutes)),
    roomToIssueMinutes,
    coverPercent: roomToIssueMinutes === null ? null : percentOf(fundMinutes + poolMinutes + roomToIssueMinutes, memberMinutes),
    coverWithoutIssuingPercent: percentOf(fundMinutes + poolMinutes, memberMinutes),
  };
}

const daysBetween = (from: string, to: string) => (Date.parse(to) - Date.parse(from)) / 86_400_000;

function firstOf(moved: readonly MovedMinutes[]): string | null {
  return moved.reduce<string | null>((first, { firstDay }) => (first === null || firstDay < first ? firstDay : first), null);
}

/** From the first service to the day, at least over one year: weeks are not blown up to a year. */
function earnedPerYear(moved: readonly MovedMinutes[], on: string): number {
  const services = moved.filter(({ kind, taker }) => kind === 'service' && taker === 'member');
  const first = firstOf(services);
  return first === null ? 0 : Math.round(sum(services) / Math.max(1, (daysBetween(first, on) + 1) / 365.25));
}

/** The report over one bank or several, out of what the statements found. Everything but the ratios adds up over banks. */
export function liabilityOf(scopes: readonly Scope[], { moved, lots, held }: Rows, on: string): Liability {
  const balances = balancesOf(moved);
  const recent = flowOf(moved.filter(({ isRecent }) => isRecent));
  const [years, lotYears] = [moved, lots].map((rows) => [...new Set(rows.map(({ year }) => year))].sort((left, right) => left - right));
  const holdersOf = (counts: (lot: Lot) => boolean) => lots.reduce((total, lot) => total + (counts(lot) ? lot.holders : 0), 0);
  const sourceOf = (lot: Lot) => timeSources.find((source) => source === lot.source) ?? 'settlement';
  const ages = new Set(scopes.map(({ fromAge }) => fromAge));
  return {
    on,
    firstDay: firstOf(moved),
    outstandingMinutes: balances.memberMinutes,
    heldMinutes: sum(held),
    holders: holdersOf(() => true),
    byAge: ageBands.map((band) => ({
      band,
      minutes: sum(lots, (lot) => lot.band === band),
      holders: holdersOf((lot) => lot.band === band),
    })),
    byYear: (lotYears ?? []).map((year) => ({ year, minutes: sum(lots, (lot) => lot.year === year) })),
    bySource: timeSources.map((source) => ({ source, minutes: sum(lots, (lot) => sourceOf(lot) === source) })),
    notSoon: {
      fromAge: ages.size === 1 ? ([...ages][0] as number) : null,
      minutes: sum(lots, (lot) => lot.isYoung),
      holders: holdersOf((lot) => lot.isYoung),
    },
    lastTwelveMonths: recent,
    years: (years ?? []).map((year) => ({ year, ...flowOf(moved.filter((row) => row.year === year)) })),
    earnedPerYearMinutes: earnedPerYear(moved, on),
    yearsOfCover: recent.redeemedMinutes > 0 ? rounded(balances.memberMinutes / recent.redeemedMinutes, 2) : null,
    fund: fundOf(scopes, moved, balances),
    balances,
  };
}
