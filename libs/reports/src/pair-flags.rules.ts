import { farOut, fewerThanElsewhere, medianOf, noChance, rateOf, type Rate } from './unlikely.rules';
import { groupsOf, idsOf, limitsOn, pairOf, percent, type DatedLimits, type Flag, type VisitFact } from './visit-facts';

/** Fewer visits are no habit of a pair. */
const fewest = 5;

const flagOf = <Kind extends string>(kind: Kind, visits: readonly VisitFact[], figures: Flag['figures']): Flag<Kind> => {
  const { volunteerId, clientId } = visits[0] as VisitFact;
  return { kind, volunteerIds: [volunteerId], clientId, personId: null, figures, visitIds: idsOf(visits) };
};
const total = (visits: readonly VisitFact[]) => visits.reduce((sum, { creditedMinutes }) => sum + creditedMinutes, 0);

/** A pair with far more time than the bank's pairs have. Many good pairs see each other every day, for a meal: often alone is no question. */
export function pairMuch(visits: readonly VisitFact[]): Flag<'pair_much'>[] {
  const pairs = groupsOf(visits, pairOf).filter(({ length }) => length >= fewest);
  const [times, counts] = [pairs.map(total), pairs.map(({ length }) => length)];
  const most = farOut(times);
  return pairs
    .filter((pair) => total(pair) > most)
    .map((pair) =>
      flagOf('pair_much', pair, {
        visits: pair.length,
        pairMinutes: total(pair),
        bankVisits: Math.round(medianOf(counts)),
        bankMinutes: Math.round(medianOf(times)),
      }),
    );
}

const rateOfLocated = (visits: readonly VisitFact[]): Rate => ({ hits: visits.filter(({ located }) => located).length, of: visits.length });

/** The phone gives its location with other clients, and never with this one. */
export function locationOffHere(visits: readonly VisitFact[]): Flag<'location_off_here'>[] {
  const told = visits.filter(({ located }) => located !== null);
  const byVolunteer = Map.groupBy(told, ({ volunteerId }) => volunteerId);
  const pairs = groupsOf(told, pairOf).filter(({ length }) => length >= fewest);
  const compared = pairs.map((pair) => {
    const { volunteerId, clientId } = pair[0] as VisitFact;
    const elsewhere = (byVolunteer.get(volunteerId) as VisitFact[]).filter((visit) => visit.clientId !== clientId);
    return { pair, here: rateOfLocated(pair), elsewhere: rateOfLocated(elsewhere) };
  });
  return noChance(compared, ({ here, elsewhere }) => fewerThanElsewhere(here, elsewhere)).map(({ pair, here, elsewhere }) => {
    const off = pair.filter(({ located }) => !located);
    return flagOf('location_off_here', off, { some: off.length, of: here.of, elsewherePercent: percent(rateOf(elsewhere)) });
  });
}

/** Relatives, or one household: a fact of the register, whatever was decided. */
export function related(visits: readonly VisitFact[]): Flag<'related'>[] {
  return groupsOf(
    visits.filter((visit) => visit.related),
    pairOf,
  ).map((pair) => flagOf('related', pair, { visits: pair.length, pairMinutes: total(pair) }));
}

/** Somebody who has used it once or twice has no usual phone yet. */
const fewestOnPhone = 3;

/** One phone that more people usually use than share a phone at home. A phone lent out now and then is nobody's usual one. */
export function sharedPhone(visits: readonly VisitFact[], limits: readonly DatedLimits[]): Flag<'shared_phone'>[] {
  const signed = visits.filter(({ deviceIds }) => deviceIds.length > 0);
  const signedBy = Map.groupBy(signed, ({ volunteerId }) => volunteerId);
  const uses = signed.flatMap((visit) => [...new Set(visit.deviceIds)].map((deviceId) => ({ deviceId, visit })));
  return [...Map.groupBy(uses, ({ deviceId }) => deviceId).values()].flatMap((used) => {
    const on = used.map(({ visit }) => visit);
    const people = groupsOf(on, ({ volunteerId }) => volunteerId);
    const usual = people.filter(
      (own) => own.length >= fewestOnPhone && own.length * 2 > (signedBy.get((own[0] as VisitFact).volunteerId) as VisitFact[]).length,
    );
    if (usual.length <= limitsOn(limits, on.at(-1)?.day ?? '').sharedDevicePeople) return [];
    const flagged = usual.flat();
    return [
      {
        kind: 'shared_phone' as const,
        volunteerIds: usual.map(([first]) => (first as VisitFact).volunteerId),
        clientId: null,
        personId: null,
        figures: { people: usual.length, visits: flagged.length },
        visitIds: idsOf(flagged),
      },
    ];
  });
}
