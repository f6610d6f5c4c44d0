import { waysOf, type Approval, type BodyOf, type VisitLine } from '@timebank/contract/client';

/** A decision on its way. `stuck`: sent without an answer, to be sent again under the same id. */
export type Pending = {
  approvalId: string;
  bankId: string;
  personId: string;
  body: BodyOf<'putApproval'>;
  minutes: number;
  /** The pairs, for the bar; a few stand for many. */
  names?: string[];
  state: 'waiting' | 'sending' | 'stuck';
  code?: string;
};

/** Parts of at most `size`, in order. */
export function inBatches<Item>(items: readonly Item[], size: number): Item[][] {
  return Array.from({ length: Math.ceil(items.length / size) }, (_, index) => items.slice(index * size, (index + 1) * size));
}

/** What session storage held; anything that is not a list of decisions counts as none. */
export function readPending(kept: string | null): Pending[] {
  if (kept === null) return [];
  try {
    const parsed: unknown = JSON.parse(kept);
    return Array.isArray(parsed)
      ? (parsed.filter(
          (one: Partial<Pending> | null) => typeof one?.approvalId === 'string' && Array.isArray(one.body?.visitIds),
        ) as Pending[])
      : [];
  } catch {
    return [];
  }
}

/** A refusal that another person can lift: the decider took part, is related, or had a hand in it before. */
const colleagueCodes = ['visits/own_visit', 'visits/conflict_of_interest', 'visits/second_person_needed'];

/** What became of the decisions since the bar was last closed: said once, with the way to what is left. */
export type Tally = { approved: number; rejected: number; colleague: number; left: number; approvalIds: string[] };
export const emptyTally: Tally = { approved: 0, rejected: 0, colleague: 0, left: 0, approvalIds: [] };

/** Adds an approval's answer. Those that need a colleague are counted apart from what is left for other reasons. */
export function tallied(tally: Tally, { approvalId, results }: Approval): Tally {
  const refused = results.filter(({ outcome }) => outcome === 'refused');
  const colleague = refused.filter(({ code = '' }) => colleagueCodes.includes(code)).length;
  return {
    approved: tally.approved + results.filter(({ outcome }) => outcome === 'approved').length,
    rejected: tally.rejected + results.filter(({ outcome }) => outcome === 'rejected').length,
    colleague: tally.colleague + colleague,
    left: tally.left + refused.length - colleague,
    approvalIds: refused.length > 0 ? [...tally.approvalIds, approvalId].slice(-10) : tally.approvalIds,
  };
}

/** Decisions in one bar: how many visits of each kind, how long, and the first few pairs by name. */
export function inOneBar(list: readonly Pick<Pending, 'body' | 'minutes' | 'names'>[], mostNames = 3) {
  const visitsOf = (decision: 'approve' | 'reject') =>
    list.filter(({ body }) => body.decision === decision).reduce((sum, { body }) => sum + body.visitIds.length, 0);
  const names = list.flatMap((one) => one.names ?? []);
  const [approve, reject] = [visitsOf('approve'), visitsOf('reject')];
  return {
    approve,
    reject,
    minutes: list.filter(({ body }) => body.decision === 'approve').reduce((sum, { minutes }) => sum + minutes, 0),
    names: names.slice(0, mostNames),
    more: approve + reject - Math.min(names.length, mostNames),
  };
}

type WithExceptions = { exceptions: readonly { code: string; lane: string; acknowledged: boolean }[] };

/** Every yellow code among the visits with how often it occurs, most frequent first: what the person must have looked at. */
export function yellowCodes(visits: readonly WithExceptions[]): { code: string; count: number }[] {
  const counts = new Map<string, number>();
  for (const visit of visits) {
    for (const { code, lane, acknowledged } of visit.exceptions) {
      if (lane === 'yellow' && !acknowledged) counts.set(code, (counts.get(code) ?? 0) + 1);
    }
  }
  return [...counts]
    .map(([code, count]) => ({ code, count }))
    .sort((one, other) => other.count - one.count || one.code.localeCompare(other.code));
}

/** What approving passes once these codes are acknowledged: nothing red, nothing yellow left open, no call that is still to be made. */
export function passing<Visit extends WithExceptions>(visits: readonly Visit[], acknowledged: readonly string[]): Visit[] {
  return visits.filter(({ exceptions }) =>
    exceptions.every(
      ({ code, lane, acknowledged: isSeen }) =>
        lane !== 'red' && (lane !== 'yellow' || isSeen || (code !== 'CALL_BACK_DUE' && acknowledged.includes(code))),
    ),
  );
}

/** The way out of red: times by hand, fewer minutes or a reason from a second person, or none needed. */
export function wayOut(visit: WithExceptions): 'manual' | 'shorten' | null {
  const red = visit.exceptions.filter(({ lane }) => lane === 'red');
  if (red.length === 0) return null;
  return waysOf(red).includes('enter_times') ? 'manual' : 'shorten';
}

type Payers = VisitLine['payers'];
type Payer = NonNullable<Payers>[number]['payer'];

/** Who may pay so many minutes: the client if they have them, else whoever else does; none if nobody does. */
export function payersFor(payers: Payers, minutes: number): Payer[] {
  const able = (payers ?? []).filter(({ upToMinutes }) => upToMinutes >= minutes).map(({ payer }) => payer);
  return payers === null || able.includes('client') ? ['client'] : able;
}

/** Approving is more than a stroke: the minutes are not set aside, and the client has too few. */
export const isUncovered = (visit: Pick<VisitLine, 'payers' | 'creditedMinutes'>) =>
  !payersFor(visit.payers, visit.creditedMinutes ?? 0).includes('client');

type VisitTimes = {
  plannedStart: string;
  plannedEnd: string;
  capturedIn: string | null;
  capturedOut: string | null;
  creditedStart: string | null;
  creditedEnd: string | null;
};
export type Bar = { left: number; width: number } | null;

/** Minutes before and after the planned start that a list shows: one scale for all its rows, so that bars can be compared. */
export type TimeScale = { from: number; to: number };

const minute = 60_000;
/** Further than this a row's bars are cut off, so that one forgotten scan does not make all others thin. */
const mostShown = { before: 120, after: 480 };

/** The scale on which all these visits fit, in whole half hours, an hour at least. */
export function scaleOf(visits: readonly VisitTimes[]): TimeScale {
  const offsets = visits.flatMap((visit) =>
    [visit.plannedEnd, visit.capturedIn, visit.capturedOut].flatMap((at) =>
      at === null ? [] : [(Date.parse(at) - Date.parse(visit.plannedStart)) / minute],
    ),
  );
  const from = Math.max(Math.min(0, ...offsets), -mostShown.before);
  const to = Math.min(Math.max(60, ...offsets), mostShown.after);
  return { from: Math.floor(from / 30) * 30 || 0, to: Math.ceil(to / 30) * 30 };
}

/** Where a scale is marked: at whole hours, or half hours where it is an hour long; in minutes from the planned start, with their place in percent. */
export function marksOf({ from, to }: TimeScale): { minutes: number; left: number }[] {
  const step = to - from <= 60 ? 30 : to - from <= 240 ? 60 : 120;
  const first = Math.ceil(from / step) * step;
  return Array.from({ length: Math.floor((to - first) / step) + 1 }, (_, index) => {
    const minutes = first + index * step || 0;
    return { minutes, left: ((minutes - from) / (to - from)) * 100 };
  });
}

/** Planned, captured and credited on one scale, in percent of it. */
export function barsOf(visit: VisitTimes, { from, to }: TimeScale): { planned: Bar; captured: Bar; credited: Bar } {
  const placeOf = (at: string) => {
    const minutes = (Date.parse(at) - Date.parse(visit.plannedStart)) / minute;
    return Math.min(Math.max((minutes - from) / (to - from), 0), 1) * 100;
  };
  const bar = (begins: string | null, ends: string | null): Bar =>
    begins === null || ends === null ? null : { left: placeOf(begins), width: Math.max(placeOf(ends) - placeOf(begins), 1) };
  return {
    planned: bar(visit.plannedStart, visit.plannedEnd),
    captured: bar(visit.capturedIn, visit.capturedOut),
    credited: bar(visit.creditedStart, visit.creditedEnd),
  };
}

/** The findings of these visits that decide something, with how many of them have each; the most frequent first. */
export function decidingFlags(visits: readonly WithExceptions[]): { code: string; count: number }[] {
  const counts = new Map<string, number>();
  for (const { exceptions } of visits)
    for (const { code, lane } of exceptions) if (lane !== 'info') counts.set(code, (counts.get(code) ?? 0) + 1);
  return [...counts]
    .map(([code, count]) => ({ code, count }))
    .sort((one, other) => other.count - one.count || one.code.localeCompare(other.code));
}
