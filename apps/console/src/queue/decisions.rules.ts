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

/** Planned, captured and credited on one axis, in percent of the span of all three. */
export function barsOf(visit: VisitTimes): { planned: Bar; captured: Bar; credited: Bar } {
  const at = (value: string | null) => (value === null ? Number.NaN : Date.parse(value));
  const all = [visit.plannedStart, visit.plannedEnd, visit.capturedIn, visit.capturedOut].map(at).filter((value) => !Number.isNaN(value));
  const start = Math.min(...all);
  const span = Math.max(Math.max(...all) - start, 60_000);
  const bar = (from: string | null, to: string | null): Bar =>
    from === null || to === null
      ? null
      : { left: ((at(from) - start) / span) * 100, width: Math.max(((at(to) - at(from)) / span) * 100, 1) };
  return {
    planned: bar(visit.plannedStart, visit.plannedEnd),
    captured: bar(visit.capturedIn, visit.capturedOut),
    credited: bar(visit.creditedStart, visit.creditedEnd),
  };
}
