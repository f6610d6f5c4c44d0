import { gateReasonCodes, gateReasons, refuse, riskLevels, type GateReason, type Policy, type RefusalCode } from '@timebank/contract';
import type { Refusal } from '@timebank/kernel';
import { type LastDays, standingOf } from '@timebank/members';

/**
 * A qualification that the kind needs on the day of the visit, and what the volunteer has of it, by itself or in another; days are their last ones. How long
 * it can be renewed is its kind's to say, else the bank's.
 */
export type NeededQualification = LastDays & { code: string; reactivateWithinDays?: number | null };

type Gender = 'woman' | 'man';
type RiskLevel = (typeof riskLevels)[number];

/** All that is known about one volunteer and one request. */
export type GateFacts = {
  requestState: string;
  /** They have a place there. */
  helps: boolean;
  endedAt: Date | null;
  isOwn: boolean;
  isVolunteer: boolean;
  isDisabled: boolean;
  hasLeft: boolean;
  needed: readonly NeededQualification[];
  /** The day of the visit, and today, at the request's bank. */
  day: string;
  today: string;
  /** A plan of the volunteer's at that time, in any bank. */
  overlapping: string | null;
  overlappingBankId: string | null;
  /** Something else that they have promised at that time. */
  otherPlan: { bankId: string; activityId: string } | null;
  /** The bank that takes no part in interchange; null where that is none, or the volunteer is no guest. */
  bankWithoutInterchange: string | null;
  /** From when on guests may take it, where that is still to come and the volunteer is one. */
  heldBackUntil: string | null;
  isOpenToVolunteers: boolean;
  minutes: number;
  /** To the nearest other visit of theirs, before or after; null where none is near. */
  nearestMinutes: number | null;
  /** What they have planned and done on that day already: in all, and with this client. */
  dayMinutes: number;
  pairMinutes: number;
  /** Away on that day, by their own word. */
  isPaused: boolean;
  /** What they have planned and done in that week already, and the most they wish for; null where they have not said. */
  weekMinutes: number;
  weekWish: number | null;
  serviceKind: string;
  riskLevel: RiskLevel;
  /** The wording of the risks; null where nothing is said of them. */
  riskVersion: string | null;
  knowsRisk: boolean;
  /** The first day of the visit on which the bank has no insurance for the kind; null where it is insured. */
  uninsuredOn: string | null;
  /** Not trained for the kind, nor qualified as it asks, where the bank has trained others for it. */
  isUntrained: boolean;
  /** How many visits of theirs took place, as far as it matters; whether the bank has mentors at all, and one of them goes along. */
  visitsDone: number;
  hasMentors: boolean;
  mentorHelps: boolean;
  helpersNeeded: number;
  isBlocked: boolean;
  helperWish: Gender | null;
  gender: Gender | null;
  isRelated: boolean;
};

export type GatePolicy = Pick<
  Policy,
  | 'restMinutes'
  | 'planCapMinutes'
  | 'pairCapMinutes'
  | 'reactivateWithinDays'
  | 'riskyFrom'
  | 'trainingFrom'
  | 'pairFrom'
  | 'pairFirstVisits'
  | 'insuranceRequired'
>;
export type Strength = 'hard' | 'soft' | 'warning';
export type FoundReason = { reason: GateReason; strength: Strength; parameters: Record<string, unknown> };
/** Whom a reason is told: staff all, a volunteer what is not hidden. */
export type Reader = 'staff' | 'volunteer';

/** `exempt` and `valid` let somebody through on the day; the rest say why not. */
export type QualificationStatus = 'valid' | 'exempt' | 'missing' | 'expired' | 'reactivatable' | 'ends_before';

/** How a qualification stands on the day of a visit. The last day counts. */
export function statusOf(
  { validUntil, exemptUntil, reactivateWithinDays }: NeededQualification,
  { day, today }: { day: string; today: string },
  bankWithinDays: number,
): QualificationStatus {
  const standing = standingOf({ validUntil, exemptUntil }, day, reactivateWithinDays ?? bankWithinDays);
  if (standing === 'valid' || standing === 'ends_soon') return 'valid';
  if (standing === 'exempt') return 'exempt';
  if (validUntil === null) return 'missing';
  // Judged for the visit's day: what ends before it may be renewed until then.
  return validUntil >= today ? 'ends_before' : standing === 'reactivatable' ? 'reactivatable' : 'expired';
}

/** Parameters of the reason where it holds, null where it does not. */
type Checker = (facts: GateFacts, policy: GatePolicy) => Record<string, unknown> | null;

/** The first needed qualification that stands in one of these ways. */
const qualificationIs =
  (...bad: QualificationStatus[]): Checker =>
  (facts, policy) => {
    const found = facts.needed.find((one) => bad.includes(statusOf(one, facts, policy.reactivateWithinDays)));
    return found ? { qualification: found.code, ...(found.validUntil === null ? {} : { validUntil: found.validUntil }) } : null;
  };
const when = (holds: boolean, parameters: Record<string, unknown> = {}) => (holds ? parameters : null);
const beyond = (cap: number | null, already: number, more: number) =>
  when(cap !== null && already + more > cap, { limitMinutes: cap, plannedMinutes: already });
const isFrom = ({ riskLevel }: GateFacts, from: 'off' | RiskLevel) =>
  from !== 'off' && riskLevels.indexOf(riskLevel) >= riskLevels.indexOf(from);
const isRisky = (facts: GateFacts, { riskyFrom }: GatePolicy) => isFrom(facts, riskyFrom);
/** A mentor needs no other, and one who helps already makes two of it, where the request has a second place. */
const lacksPair = ({ visitsDone, hasMentors, mentorHelps, helpersNeeded }: GateFacts, { pairFirstVisits }: GatePolicy) =>
  hasMentors && visitsDone < pairFirstVisits && !(mentorHelps && helpersNeeded > 1);
const wishes = (wish: Gender, { helperWish, gender }: GateFacts) => when(helperWish === wish && gender !== wish);

const checkers: Record<GateReason, Checker> = {
  full: ({ requestState, helps }) => when(requestState !== 'open' || helps, { state: helps ? 'taken' : requestState }),
  too_late: ({ endedAt }) => when(endedAt !== null, { endedAt: endedAt?.toISOString() }),
  own_request: ({ isOwn }) => when(isOwn),
  not_a_volunteer: ({ isVolunteer }) => when(!isVolunteer),
  barred: ({ isDisabled }) => when(isDisabled),
  left: ({ hasLeft }) => when(hasLeft),
  qualification_missing: qualificationIs('missing'),
  qualification_expired: qualificationIs('expired', 'reactivatable'),
  qualification_ends_before: qualificationIs('ends_before'),
  overlaps: ({ overlapping, overlappingBankId, otherPlan }) =>
    overlapping === null
      ? otherPlan && { activityId: otherPlan.activityId, bankId: otherPlan.bankId }
      : { visitId: overlapping, bankId: overlappingBankId },
  training_missing: (facts, { trainingFrom }) => when(facts.isUntrained && isFrom(facts, trainingFrom), { serviceKind: facts.serviceKind }),
  interchange_off: ({ bankWithoutInterchange: bankId }) => when(bankId !== null, { bankId }),
  paused: ({ isPaused }) => when(isPaused),
  not_insured: (facts, policy) =>
    when(
      facts.uninsuredOn !== null &&
        (policy.insuranceRequired === 'all' || (policy.insuranceRequired === 'risky' && isRisky(facts, policy))),
      {
        serviceKind: facts.serviceKind,
        day: facts.uninsuredOn,
      },
    ),
  not_open_yet: ({ heldBackUntil }) => when(heldBackUntil !== null, { from: heldBackUntil }),
  not_open_to_volunteers: ({ isOpenToVolunteers }) => when(!isOpenToVolunteers),
  pair_needed: (facts, policy) =>
    when(isFrom(facts, policy.pairFrom) && lacksPair(facts, policy), { firstVisits: policy.pairFirstVisits, visitsDone: facts.visitsDone }),
  rest: ({ nearestMinutes }, { restMinutes }) => when(nearestMinutes !== null && nearestMinutes < restMinutes, { restMinutes }),
  day_cap: ({ dayMinutes, minutes }, { planCapMinutes }) => beyond(planCapMinutes, dayMinutes, minutes),
  pair_cap: ({ pairMinutes, minutes }, { pairCapMinutes }) => beyond(pairCapMinutes, pairMinutes, minutes),
  week_wish: ({ weekWish, weekMinutes, minutes }) => beyond(weekWish, weekMinutes, minutes),
  risk_not_read: (facts, policy) =>
    when(facts.riskVersion !== null && !facts.knowsRisk && isRisky(facts, policy), {
      serviceKind: facts.serviceKind,
      riskVersion: facts.riskVersion,
    }),
  blocked_pair: ({ isBlocked }) => when(isBlocked),
  wish_woman: (facts) => wishes('woman', facts),
  wish_man: (facts) => wishes('man', facts),
  related: ({ isRelated }) => when(isRelated),
};

/** What still counts of a visit that took place: nobody asks afterwards whether it should have been planned. */
export const reasonsAfterwards: readonly GateReason[] = [
  'own_request',
  'not_a_volunteer',
  'barred',
  'qualification_missing',
  'qualification_expired',
  'qualification_ends_before',
  'overlaps',
  'interchange_off',
];

function strengthOf(reason: GateReason, facts: GateFacts, policy: GatePolicy): Strength {
  if (reason !== 'qualification_expired') return gateReasons[reason].strength;
  return qualificationIs('expired')(facts, policy) === null ? 'soft' : 'hard';
}

/** Everything that stands between a volunteer and a request, in the order of the list. */
export function reasonsOf(facts: GateFacts, policy: GatePolicy, asked: readonly GateReason[] = gateReasonCodes): FoundReason[] {
  return asked.flatMap((reason) => {
    const parameters = checkers[reason](facts, policy);
    return parameters === null ? [] : [{ reason, strength: strengthOf(reason, facts, policy), parameters }];
  });
}

/** To the person concerned all that is soft is hard: nobody sets a reason aside for themselves. */
export const forOneself = (found: readonly FoundReason[]): FoundReason[] =>
  found.map((one) => (one.strength === 'soft' ? { ...one, strength: 'hard' } : one));

const isHidden = (reason: GateReason) => 'hidden' in gateReasons[reason];

/** Whether something bars a volunteer of which they must not learn. */
export const hides = (found: readonly FoundReason[]): boolean =>
  found.some(({ reason, strength }) => isHidden(reason) && strength !== 'warning');

/**
 * What a reader is told. For a volunteer a request that is theirs for a hidden reason not to have looks like one that somebody else has taken; a
 * warning tells them nothing.
 */
export function toldOf(found: readonly FoundReason[], reader: Reader): FoundReason[] {
  if (reader === 'staff') return [...found];
  const open = found.filter(({ reason }) => !isHidden(reason));
  const taken: FoundReason = { reason: 'full', strength: 'hard', parameters: { state: 'taken' } };
  return hides(found) && open[0]?.reason !== 'full' ? [taken, ...open] : open;
}

/** The refusal for what a reader is told: by the first reason's code, with all of them; null where nothing bars. */
export function refusalOf(found: readonly FoundReason[], reader: Reader): Refusal | null {
  const told = toldOf(found, reader);
  const bars = told.filter(({ strength }) => strength !== 'warning');
  const [first] = bars;
  if (!first) return null;
  const { code: usual, path } = gateReasons[first.reason] as { code: RefusalCode; path?: string };
  const code = 'activityId' in first.parameters ? 'activities/overlaps' : usual;
  const mayOverrule = reader === 'staff' && bars.every(({ strength }) => strength === 'soft');
  const parameters = { ...first.parameters, gate: told.map(({ reason }) => reason), ...(mayOverrule ? { mayOverrule } : {}) };
  return refuse(code, parameters, path);
}
