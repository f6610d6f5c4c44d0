import { assurances, integrityKinds, type BankIntegrity, type Integrity } from '@timebank/contract';
import { type ByHand, nothingByHand } from './by-hand.sql';
import { isShortened } from './approvers.rules';
import type { IntegrityFlag } from './flags.rules';
import { groupsOf, type VisitFact } from './visit-facts';

const amountOf = (visits: readonly VisitFact[]) => ({
  visits: visits.length,
  minutes: visits.reduce((sum, { creditedMinutes }) => sum + creditedMinutes, 0),
});

/** How often each, the most frequent first. */
function counted<Code extends string>(codes: readonly Code[]): { code: Code; visits: number }[] {
  return [...Map.groupBy(codes, (code) => code)]
    .map(([code, same]) => ({ code, visits: same.length }))
    .sort((left, right) => right.visits - left.visits || left.code.localeCompare(right.code));
}

const reasonsOf = (visits: readonly VisitFact[]) => counted(visits.flatMap(({ decisionReasonCode }) => decisionReasonCode ?? []));

/** The report's figures out of a bank's visits and flags. */
export function integrityOf(
  from: string,
  to: string,
  visits: readonly VisitFact[],
  flags: readonly IntegrityFlag[],
  byHand: ByHand = nothingByHand,
): Integrity {
  const answers = counted(visits.flatMap(({ callBack }) => callBack ?? []));
  const answered = (result: string) => answers.find(({ code }) => code === result)?.visits ?? 0;
  return {
    from,
    to,
    ...amountOf(visits),
    byAssurance: assurances.map((assurance) => ({ assurance, ...amountOf(visits.filter((visit) => visit.assurance === assurance)) })),
    byClass: (['verified', 'manual'] as const).map((name) => ({
      class: name,
      ...amountOf(visits.filter((visit) => visit.class === name)),
    })),
    exceptions: counted(visits.flatMap(({ codes }) => codes)),
    manualReasons: counted(visits.flatMap(({ manualReasonCode }) => manualReasonCode ?? [])),
    shorteningReasons: reasonsOf(visits.filter(isShortened)),
    rejectionReasons: reasonsOf(visits.filter(({ state }) => state === 'rejected')),
    callBacks: {
      made: answers.reduce((sum, one) => sum + one.visits, 0),
      confirmed: answered('confirmed'),
      denied: answered('not_confirmed'),
      notReached: answered('not_reached'),
    },
    byHand,
    flags: integrityKinds.map((kind) => ({ kind, count: flags.filter((flag) => flag.kind === kind).length })),
  };
}

/** Per volunteer whose clients denied a visit: how many were asked, and how many denied. Names come later. */
export function denialsOf(visits: readonly VisitFact[]): Omit<BankIntegrity['denials'][number], 'name'>[] {
  const answered = visits.filter(({ callBack }) => callBack === 'confirmed' || callBack === 'not_confirmed');
  return groupsOf(answered, ({ volunteerId }) => volunteerId)
    .map((own) => ({
      volunteerId: own[0]?.volunteerId as string,
      asked: own.length,
      denied: own.filter(({ callBack }) => callBack === 'not_confirmed').length,
    }))
    .filter(({ denied }) => denied > 0);
}

const sum = (values: readonly number[]) => values.reduce((total, value) => total + value, 0);

/** Adds up lists of rows that are named by one field; what is missing in one bank counts nothing. */
function addRows<Row extends object>(lists: readonly (readonly Row[])[], name: keyof Row): Row[] {
  return [...Map.groupBy(lists.flat(), (row) => row[name]).values()].map((same) => {
    const fields = Object.entries(same[0] as object).map(([key, value]) => [
      key,
      typeof value === 'number' ? sum(same.map((row) => row[key as keyof Row] as number)) : value,
    ]);
    return Object.fromEntries(fields) as Row;
  });
}
const byVisits = <Row extends { visits: number }>(rows: Row[]) => rows.sort((left, right) => right.visits - left.visits);

/** Several banks together. People are still compared only within their own bank. */
export function together(from: string, to: string, parts: readonly Integrity[]): Integrity {
  const of = <Key extends keyof Integrity>(key: Key) => parts.map((part) => part[key]);
  const calls = of('callBacks');
  const hands = of('byHand');
  return {
    ...integrityOf(from, to, [], []),
    visits: sum(of('visits')),
    minutes: sum(of('minutes')),
    ...(parts.length > 0 && { byAssurance: addRows(of('byAssurance'), 'assurance'), byClass: addRows(of('byClass'), 'class') }),
    exceptions: byVisits(addRows(of('exceptions'), 'code')),
    manualReasons: byVisits(addRows(of('manualReasons'), 'code')),
    shorteningReasons: byVisits(addRows(of('shorteningReasons'), 'code')),
    rejectionReasons: byVisits(addRows(of('rejectionReasons'), 'code')),
    callBacks: {
      made: sum(calls.map(({ made }) => made)),
      confirmed: sum(calls.map(({ confirmed }) => confirmed)),
      denied: sum(calls.map(({ denied }) => denied)),
      notReached: sum(calls.map(({ notReached }) => notReached)),
    },
    byHand: {
      grants: sum(hands.map(({ grants }) => grants)),
      reversals: sum(hands.map(({ reversals }) => reversals)),
      roleChanges: sum(hands.map(({ roleChanges }) => roleChanges)),
      byTwo: sum(hands.map(({ byTwo }) => byTwo)),
      withoutReason: sum(hands.map(({ withoutReason }) => withoutReason)),
    },
    ...(parts.length > 0 && { flags: addRows(of('flags'), 'kind') }),
  };
}
