import { atMost, distancesFrom, farAway, medianOf, noChance, rateOf, standingOut, type Rate } from './unlikely.rules';
import { groupsOf, idsOf, percent, type Flag, type VisitFact } from './visit-facts';

/** A longer pause than this between two decisions is no thinking time. */
const longestPauseSeconds = 1_800;

export type Approver = {
  personId: string;
  decisions: number;
  shortened: number;
  rejected: number;
  /** For unusual visits: how many, how long each decision took, and the share decided together with others. */
  unusual: number;
  medianSeconds: number | null;
  bulkPercent: number | null;
  overdue: number;
  /** Decisions about visits of a flag. */
  flagged: number;
  reversed: number;
  appealsGranted: number;
};

const isUnusual = ({ lane }: VisitFact) => lane === 'yellow' || lane === 'red';
export const isShortened = ({ state, proposedMinutes, creditedMinutes }: VisitFact) =>
  state === 'approved' && proposedMinutes !== null && creditedMinutes < proposedMinutes;
const isObjection = (visit: VisitFact) => visit.state === 'rejected' || isShortened(visit);
const isOverturned = ({ reversed, appeal }: VisitFact) => reversed || appeal === 'granted';
const count = (visits: readonly VisitFact[], counts: (visit: VisitFact) => boolean) => visits.filter(counts).length;
const timeOf = ({ decidedAt }: VisitFact) => decidedAt?.getTime() ?? 0;

/** Seconds for each unusual visit: from the decision before, shared among what was decided at once. */
function secondsOf(decided: readonly VisitFact[]): number[] {
  const acts = groupsOf(decided, ({ approvalId }) => approvalId).sort(
    ([left], [right]) => timeOf(left as VisitFact) - timeOf(right as VisitFact),
  );
  return acts.flatMap((act, index) => {
    const before = acts[index - 1]?.[0];
    const seconds = before ? (timeOf(act[0] as VisitFact) - timeOf(before)) / 1_000 : Infinity;
    return seconds > longestPauseSeconds ? [] : act.filter(isUnusual).map(() => seconds / act.length);
  });
}

const byApprover = (visits: readonly VisitFact[]) =>
  groupsOf(
    visits.filter(({ decidedBy }) => decidedBy !== null),
    ({ decidedBy }) => decidedBy,
  );

/** How each coordinator decides, as figures. `flaggedIds`: visits that a flag names. */
export function approversOf(visits: readonly VisitFact[], flaggedIds: ReadonlySet<string>): Approver[] {
  return byApprover(visits).map((decided) => {
    const unusual = decided.filter(isUnusual);
    const seconds = secondsOf(decided);
    const sizes = new Map(groupsOf(unusual, ({ approvalId }) => approvalId).map((act) => [act[0]?.approvalId, act.length]));
    const bulk = count(unusual, ({ approvalId }) => (sizes.get(approvalId) ?? 0) > 1);
    return {
      personId: decided[0]?.decidedBy as string,
      decisions: decided.length,
      shortened: count(decided, isShortened),
      rejected: count(decided, ({ state }) => state === 'rejected'),
      unusual: unusual.length,
      medianSeconds: seconds.length > 0 ? Math.round(medianOf(seconds) * 10) / 10 : null,
      bulkPercent: unusual.length > 0 ? percent(bulk / unusual.length) : null,
      overdue: count(decided, ({ overdue }) => overdue),
      flagged: count(decided, ({ visitId }) => flaggedIds.has(visitId)),
      reversed: count(decided, ({ reversed }) => reversed),
      appealsGranted: count(decided, ({ appeal }) => appeal === 'granted'),
    };
  });
}

type OfPerson = Rate & { personId: string; visits: VisitFact[] };
const flagOf = <Kind extends string>(kind: Kind, { personId, visits }: OfPerson, figures: Flag['figures']): Flag<Kind> => ({
  kind,
  volunteerIds: [],
  clientId: null,
  personId,
  figures,
  visitIds: idsOf(visits),
});

/**
 * Hardly any objection to unusual visits, beyond chance, and decided in a quarter of the others' time or in heaps like nobody else's. The clean lane
 * is meant for approving together and does not count.
 */
export function decidesUnseen(visits: readonly VisitFact[]): Flag<'decides_unseen'>[] {
  const approvers = byApprover(visits).map((decided) => ({ decided, figures: approversOf(decided, new Set())[0] as Approver }));
  const subjects = approvers.map(({ decided, figures }) => {
    const unusual = decided.filter(isUnusual);
    return { personId: figures.personId, visits: unusual, of: unusual.length, hits: count(unusual, isObjection), figures };
  });
  const heaps = distancesFrom(subjects.map(({ figures }) => figures.bulkPercent ?? 0));
  const compared = subjects.map((subject) => {
    const others = subjects.filter((other) => other !== subject);
    const rate = { hits: others.reduce((sum, { hits }) => sum + hits, 0), of: others.reduce((sum, { of }) => sum + of, 0) };
    const seconds = medianOf(others.flatMap(({ figures }) => figures.medianSeconds ?? []));
    return { subject, rate: rateOf(rate), seconds };
  });
  return noChance(compared, ({ subject, rate }) => atMost(subject, rate)).flatMap(({ subject, rate, seconds: bankSeconds }) => {
    const { medianSeconds, bulkPercent } = subject.figures;
    const isHasty = medianSeconds !== null && medianSeconds * 4 < bankSeconds;
    if (!isHasty && heaps(bulkPercent ?? 0) <= farAway) return [];
    const figures = { some: subject.hits, of: subject.of, bankPercent: percent(rate), bulkPercent: bulkPercent ?? 0 };
    return [flagOf('decides_unseen', subject, medianSeconds === null ? figures : { ...figures, medianSeconds, bankSeconds })];
  });
}

function flagShares<Kind extends string>(
  kind: Kind,
  subjects: readonly OfPerson[],
  least?: Parameters<typeof standingOut>[1],
): Flag<Kind>[] {
  return standingOut(subjects, least).map(({ subject, others }) =>
    flagOf(kind, subject, { some: subject.hits, of: subject.of, bankPercent: percent(others) }),
  );
}

/** Decisions that were reversed, or that an appeal put right, more often than others'. */
export function overturned(visits: readonly VisitFact[]): Flag<'overturned'>[] {
  const subjects = byApprover(visits).map((decided) => {
    const meant = decided.filter(isOverturned);
    return { personId: decided[0]?.decidedBy as string, visits: meant, hits: meant.length, of: decided.length };
  });
  return flagShares('overturned', subjects, { leastShare: 0.05 });
}

/** Who types in hours mostly for the few people whose typed hours are themselves a question. */
export function typesIn(visits: readonly VisitFact[], typedIn: readonly Flag[]): Flag<'types_in'>[] {
  const flagged = new Set(typedIn.flatMap(({ visitIds }) => visitIds));
  const typed = visits.filter(({ enteredBy }) => enteredBy !== null);
  const subjects = groupsOf(typed, ({ enteredBy }) => enteredBy).map((own) => {
    const meant = own.filter(({ visitId }) => flagged.has(visitId));
    return { personId: own[0]?.enteredBy as string, visits: meant, hits: meant.length, of: own.length };
  });
  return flagShares('types_in', subjects, { leastShare: 0.3 });
}
