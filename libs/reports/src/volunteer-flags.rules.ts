import { atLeast, comparedWithOthers, distancesOfAmounts, farAway, medianOf, standingOut, type Rate } from './unlikely.rules';
import { groupsOf, idsOf, limitsOn, percent, type DatedLimits, type Flag, type VisitFact } from './visit-facts';

/** Among the few who stand out already, more time than most: two deviations are enough. */
const clearlyMore = 2;

/** A volunteer's visits that a rule can speak about, and those of them that it means. */
type CountedVisits = Rate & { volunteerId: string; visits: VisitFact[] };

function countBy(
  visits: readonly VisitFact[],
  speaks: (visit: VisitFact) => boolean,
  means: (visit: VisitFact) => boolean,
): CountedVisits[] {
  return groupsOf(visits.filter(speaks), ({ volunteerId }) => volunteerId).map((own) => {
    const meant = own.filter(means);
    return { volunteerId: (own[0] as VisitFact).volunteerId, hits: meant.length, of: own.length, visits: meant };
  });
}

const flagOf = <Kind extends string>(kind: Kind, { volunteerId, visits }: CountedVisits, figures: Flag['figures']): Flag<Kind> => ({
  kind,
  volunteerIds: [volunteerId],
  clientId: null,
  personId: null,
  figures,
  visitIds: idsOf(visits),
});

/** Flags of everyone whose share of such visits is no chance and unlike the others'. */
function flagShares<Kind extends string>(
  kind: Kind,
  counted: readonly CountedVisits[],
  least?: Parameters<typeof standingOut>[1],
): Flag<Kind>[] {
  return standingOut(counted, least).map(({ subject, others }) =>
    flagOf(kind, subject, { some: subject.hits, of: subject.of, bankPercent: percent(others) }),
  );
}

const total = (visits: readonly VisitFact[]) => visits.reduce((sum, { creditedMinutes }) => sum + creditedMinutes, 0);

/** What people make up, they make whole. Typed times are whole by nature and are no part of it, nor what the bank itself rounds. */
export function roundMinutes(visits: readonly VisitFact[]): Flag<'round_minutes'>[] {
  return flagShares(
    'round_minutes',
    countBy(
      visits,
      ({ minutes }) => minutes !== null,
      ({ minutes }) => (minutes as number) > 0 && (minutes as number) % 30 === 0,
    ),
    { leastShare: 0.7 },
  );
}

/** Just below what the bank credits at most for a visit or a day, in such numbers that it makes an unusual amount of time. */
export function nearCap(visits: readonly VisitFact[], limits: readonly DatedLimits[]): Flag<'near_cap'>[] {
  const days = new Map(
    groupsOf(visits, ({ volunteerId, day }) => `${volunteerId} ${day}`).map((own) => {
      const { volunteerId, day } = own[0] as VisitFact;
      return [`${volunteerId} ${day}`, total(own)];
    }),
  );
  const isNear = ({ volunteerId, day, creditedMinutes }: VisitFact) => {
    const { visitCapMinutes, dayCapMinutes, warningPercent } = limitsOn(limits, day);
    const near = (minutes: number, cap: number) => minutes >= (cap * warningPercent) / 100;
    return near(creditedMinutes, visitCapMinutes) || near(days.get(`${volunteerId} ${day}`) as number, dayCapMinutes);
  };
  const counted = countBy(visits, () => true, isNear);
  const distance = distancesOfAmounts(groupsOf(visits, ({ volunteerId }) => volunteerId).map(total));
  return standingOut(counted)
    .filter(({ subject }) => distance(total(subject.visits)) > farAway)
    .map(({ subject, others }) =>
      flagOf('near_cap', subject, {
        some: subject.hits,
        of: subject.of,
        bankPercent: percent(others),
        capMinutes: limitsOn(limits, subject.visits.at(-1)?.day ?? '').visitCapMinutes,
      }),
    );
}

export function neverScannedOut(visits: readonly VisitFact[]): Flag<'never_scanned_out'>[] {
  const scanned = ({ enteredBy, autoClosed }: VisitFact) => enteredBy === null || autoClosed;
  return flagShares(
    'never_scanned_out',
    countBy(visits, scanned, ({ autoClosed }) => autoClosed),
    { leastShare: 0.4 },
  );
}

/** Only the printed card says that they met, where others' phones mostly do too. */
export function noSecondSignal(visits: readonly VisitFact[]): Flag<'no_second_signal'>[] {
  return flagShares(
    'no_second_signal',
    countBy(
      visits,
      ({ located }) => located !== null,
      ({ located, hasOtherSignal }) => !located && !hasOtherSignal,
    ),
  );
}

/** Hours typed in for one volunteer, more than most give in any way. People without a phone give as much as others do. */
export function typedIn(visits: readonly VisitFact[]): Flag<'typed_in'>[] {
  const all = groupsOf(visits, ({ volunteerId }) => volunteerId).map(total);
  const distance = distancesOfAmounts(all);
  const isTyped = ({ enteredBy, autoClosed }: VisitFact) => enteredBy !== null && !autoClosed;
  return countBy(visits, () => true, isTyped)
    .filter((own) => own.hits * 2 > own.of && distance(total(own.visits)) > clearlyMore)
    .map((own) =>
      flagOf('typed_in', own, { some: own.hits, of: own.of, typedMinutes: total(own.visits), bankMinutes: Math.round(medianOf(all)) }),
    );
}

/**
 * From one home to another at more than half the speed that policy calls impossible, door to door, with the phone put away and taken out: by the
 * scans' clock, also where visits touch or overlap. Few go from home to home at all, so such visits may be a large share of those.
 */
export function fastBetween(visits: readonly VisitFact[], limits: readonly DatedLimits[]): Flag<'fast_between'>[] {
  const speaks = ({ gapMinutes, awayMeters }: VisitFact) =>
    gapMinutes !== null && awayMeters !== null && awayMeters > 0 && gapMinutes < 240;
  const isFast = ({ gapMinutes, awayMeters, day }: VisitFact) =>
    (awayMeters as number) / 1_000 > (Math.max(0, gapMinutes as number) / 60) * (limitsOn(limits, day).kilometersPerHour / 2);
  return flagShares('fast_between', countBy(visits, speaks, isFast), { common: 0.25 });
}

/** The chance that two denials or more are bad luck, looked at for each by itself: a client's word is more than a pattern. */
const badLuck = 0.01;

/**
 * Clients who were phoned and knew of no visit. A failing memory fails with everyone: a client who has also denied another volunteer's visit says
 * nothing about this one.
 */
export function clientDenied(visits: readonly VisitFact[]): Flag<'client_denied'>[] {
  const denials = visits.filter(({ callBack }) => callBack === 'not_confirmed');
  const denied = Map.groupBy(denials, ({ clientId }) => clientId);
  const isForgetful = (clientId: string) => new Set(denied.get(clientId)?.map(({ volunteerId }) => volunteerId)).size > 1;
  const counted = countBy(
    visits,
    ({ callBack, clientId }) => (callBack === 'confirmed' || callBack === 'not_confirmed') && !isForgetful(clientId),
    ({ callBack }) => callBack === 'not_confirmed',
  );
  return comparedWithOthers(counted)
    .filter(({ subject, others }) => subject.hits >= 2 && atLeast(subject, others) < badLuck)
    .map(({ subject, others }) => flagOf('client_denied', subject, { some: subject.hits, of: subject.of, bankPercent: percent(others) }));
}
