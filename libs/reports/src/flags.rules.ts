import type { IntegrityKind } from '@timebank/contract';
import { decidesUnseen, overturned, typesIn } from './approvers.rules';
import { decidedInMass, handWeek, typedInMass } from './mass-flags.rules';
import { locationOffHere, pairMuch, related, sharedPhone } from './pair-flags.rules';
import type { DatedLimits, Flag, VisitFact } from './visit-facts';
import { clientDenied, fastBetween, nearCap, neverScannedOut, noSecondSignal, roundMinutes, typedIn } from './volunteer-flags.rules';

export type IntegrityFlag = Flag<IntegrityKind>;

/**
 * Everything about a bank's visits that a person should look into: each a question with the figures that raise it, none a verdict. Pure: the same
 * visits and limits give the same flags. People are compared only within their own bank.
 */
export function flagsOf(visits: readonly VisitFact[], limits: readonly DatedLimits[]): IntegrityFlag[] {
  const typed = typedIn(visits);
  return [
    ...pairMuch(visits),
    ...related(visits),
    ...locationOffHere(visits),
    ...noSecondSignal(visits),
    ...nearCap(visits, limits),
    ...roundMinutes(visits),
    ...sharedPhone(visits, limits),
    ...fastBetween(visits, limits),
    ...neverScannedOut(visits),
    ...typed,
    ...clientDenied(visits),
    ...typesIn(visits, typed),
    ...decidesUnseen(visits),
    ...overturned(visits),
    ...typedInMass(visits),
    ...decidedInMass(visits),
    ...handWeek(visits),
  ];
}
