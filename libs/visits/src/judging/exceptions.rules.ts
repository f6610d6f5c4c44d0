import type { ExceptionCode, ExceptionLane, Policy } from '@timebank/contract';
import { localDate, minutesBetween } from '@timebank/kernel';
import { countedInterval, type Credit, type Interval } from './credited.rules';
import type { Capture } from '../evidence/evidence';
import type { VisitFacts } from './visit-facts';

/** The facts, and what follows from them by themselves. */
export type KnownFacts = VisitFacts & { captures: Capture[]; interval: Interval | null; credit: Credit };
type ExceptionFound = { lane: ExceptionLane; parameters?: Record<string, string | number> } | null;
type Rule = (visit: KnownFacts, policy: Policy) => ExceptionFound;

const minutesFrom = (from: Date, to: Date) => (to.getTime() - from.getTime()) / 60_000;
const yellow = (minutes: number): ExceptionFound => ({ lane: 'yellow', parameters: { minutes: Math.floor(minutes) } });
const red = (parameters: Record<string, string | number> = {}): ExceptionFound => ({ lane: 'red', parameters });
const cardFault =
  (code: Capture['cardFault']): Rule =>
  (visit) =>
    visit.captures.some((capture) => capture.cardFault === code) ? red() : null;

function overlapMinutes(one: Interval, other: Interval): number {
  return Math.max(0, minutesFrom(one.start > other.start ? one.start : other.start, one.end < other.end ? one.end : other.end));
}

function isUnscheduled(visit: KnownFacts, policy: Policy): boolean {
  if (!visit.in) return false;
  const early = minutesFrom(visit.in.at, visit.plannedStart);
  return early > policy.windowBeforeMinutes || -early > policy.windowAfterMinutes;
}

/** Over the visit's cap, the day's or the pair's visits a day; `roomMinutes` is what the caps leave. */
function overCap(visit: KnownFacts, policy: Policy): ExceptionFound {
  if (!visit.interval) return null;
  const day = localDate(visit.interval.start, visit.zone);
  const sameDay = visit.others.filter((other) => localDate(other.interval.start, visit.zone) === day);
  const dayMinutes = sameDay.reduce((sum, other) => sum + other.creditedMinutes, 0);
  const room = Math.max(0, Math.min(policy.visitCapMinutes, policy.dayCapMinutes - dayMinutes));
  if (visit.credit.minutes > room) return red({ cap: visit.credit.minutes > policy.visitCapMinutes ? 'visit' : 'day', roomMinutes: room });
  const pairVisits = sameDay.filter((other) => other.clientId === visit.clientId).length + 1;
  return pairVisits > policy.pairVisitsPerDay ? red({ cap: 'pair', visits: pairVisits }) : null;
}

/** As far as the phone's own accuracy lets one say. */
export const isNear = ({ distance }: Capture, policy: Policy) =>
  distance !== null && distance.meters <= policy.farMeters + distance.accuracyMeters;

function far({ captures }: KnownFacts, policy: Policy): ExceptionFound {
  const [worst] = captures
    .flatMap(({ distance }) => distance ?? [])
    .sort((left, right) => right.meters - right.accuracyMeters - (left.meters - left.accuracyMeters));
  if (!worst || worst.meters <= policy.farMeters + worst.accuracyMeters) return null;
  return { lane: worst.meters > policy.farRedMeters + worst.accuracyMeters ? 'red' : 'yellow', parameters: { meters: worst.meters } };
}

/** Faster from one home to the next than any way through the city. Visits that overlap are OVERLAP already. */
function impossibleTravel({ interval, others }: KnownFacts, policy: Policy): ExceptionFound {
  if (!interval) return null;
  for (const other of others) {
    if (other.awayMeters === null) continue;
    const gap = Math.max(minutesFrom(other.interval.end, interval.start), minutesFrom(interval.end, other.interval.start));
    const needed = (other.awayMeters / 1_000 / policy.travelKilometersPerHour) * 60;
    if (gap >= 0 && needed > gap) return red({ minutes: Math.floor(gap), meters: Math.round(other.awayMeters) });
  }
  return null;
}

/** A phone that cannot prove that the volunteer has used it before. Volunteers who never had a phone with a key are not asked for one. */
function newDevice({ captures, firstDeviceAt }: KnownFacts): ExceptionFound {
  for (const { device, at } of captures) {
    if (device?.proof === 'invalid') return { lane: 'yellow', parameters: { why: 'signature' } };
    if (device?.proof === 'unknown') return { lane: 'yellow', parameters: { why: 'unregistered' } };
    if (device?.isNew) return { lane: 'yellow', parameters: { why: 'new' } };
    if (!device && firstDeviceAt !== null && firstDeviceAt < at) return { lane: 'yellow', parameters: { why: 'unsigned' } };
  }
  return null;
}

/** How loudly to report a visit without a second signal, by the bank's policy and the risk of its kind of service. */
function secondSignal({ riskIsHigh }: KnownFacts, policy: Policy): 'info' | 'yellow' {
  if (policy.secondSignal === 'high_risk') return riskIsHigh ? 'yellow' : 'info';
  return policy.secondSignal;
}

/** It has both the phone's key and something dated by the server. */
const isProven = ({ device, dated }: Capture) => device?.proof === 'valid' && dated === true;
/** Offline scans of which is known what dates them. */
const offlineOf = ({ captures }: KnownFacts) => captures.filter(({ offline, dated }) => offline && dated !== null);

/** Offline without a key that proves the phone, or without anything that shows what the scan came after. */
function unsigned(visit: KnownFacts): ExceptionFound {
  const bare = offlineOf(visit).filter((capture) => !isProven(capture));
  if (bare.length === 0) return null;
  const noKey = bare.some(({ device }) => device?.proof !== 'valid');
  const noChallenge = bare.some(({ dated }) => !dated);
  return { lane: 'yellow', parameters: { why: noKey && noChallenge ? 'both' : noKey ? 'key' : 'challenge' } };
}

/**
 * The server vouches for less than the visit itself: nothing dates the scan and it may have happened at any time of the visit, or what
 * dates it is older than policy allows.
 */
function unvouched(visit: KnownFacts, policy: Policy): ExceptionFound {
  const { interval } = visit;
  const minutes = interval ? minutesFrom(interval.start, interval.end) : visit.plannedMinutes;
  const wide = offlineOf(visit).filter(({ dated, widthMinutes }) =>
    dated ? widthMinutes > minutes + policy.unvouchedMinutes : widthMinutes >= minutes,
  );
  return wide.length > 0 ? yellow(Math.max(...wide.map(({ widthMinutes }) => widthMinutes))) : null;
}

/** Both ends came at once, when all was over: a phone that proves itself has an hour to find a signal. */
function sentTogether(visit: KnownFacts, policy: Policy): ExceptionFound {
  const { in: start, out: end } = visit;
  if (!start || !end || offlineOf(visit).length < 2) return null;
  if (Math.abs(minutesFrom(start.receivedAt, end.receivedAt)) > policy.sentTogetherMinutes) return null;
  const isLate = !(isProven(start) && isProven(end)) || end.delayMinutes > policy.sentLateMinutes;
  return isLate ? yellow(Math.max(0, end.delayMinutes)) : null;
}

/**
 * What becomes of a code when times are entered by hand: `replaced` is about scans, and those times settle it; `stays` is about the visit, however
 * its times came in.
 */
type ExceptionRule = { byHand: 'replaced' | 'stays'; find: Rule };
const ofScans = (find: Rule): ExceptionRule => ({ byHand: 'replaced', find });
const ofVisit = (find: Rule): ExceptionRule => ({ byHand: 'stays', find });

/** The closed list, each code once: one without a rule does not compile. */
export const exceptionRules: Record<ExceptionCode, ExceptionRule> = {
  MISSING_IN: ofScans((visit) => (visit.ended && !visit.in ? red() : null)),
  MISSING_OUT: ofScans((visit) => (visit.ended && !visit.out ? red() : null)),
  CARD_CLIENT_MISMATCH: ofScans(cardFault('CARD_CLIENT_MISMATCH')),
  CARD_REVOKED: ofScans(cardFault('CARD_REVOKED')),
  UNKNOWN_CODE: ofScans(cardFault('UNKNOWN_CODE')),
  OVERLAP: ofVisit((visit) => {
    const { interval } = visit;
    const overlap = interval ? visit.others.reduce((sum, other) => sum + overlapMinutes(interval, other.interval), 0) : 0;
    return overlap > 0 ? red({ minutes: Math.ceil(overlap) }) : null;
  }),
  IMPOSSIBLE_TRAVEL: ofVisit(impossibleTravel),
  UNSCHEDULED: ofScans((visit, policy) => (isUnscheduled(visit, policy) ? red() : null)),
  OVER_CAP: ofVisit(overCap),
  CONFLICT_OF_INTEREST: ofVisit((visit) => (visit.relatedAs === null ? null : red({ relation: visit.relatedAs }))),
  LOCATION_OFF: ofScans((visit, policy) =>
    visit.homeIsKnown && visit.captures.some(({ distance }) => distance === null)
      ? { lane: visit.clientConfirmed ? 'info' : secondSignal(visit, policy) }
      : null,
  ),
  FAR: ofScans(far),
  EARLY_IN: ofScans((visit, policy) => {
    const early = visit.in ? minutesFrom(visit.in.at, visit.plannedStart) : 0;
    return early > policy.earlyInMinutes ? yellow(early) : null;
  }),
  LATE_IN: ofScans((visit, policy) => {
    const late = visit.in ? minutesFrom(visit.plannedStart, visit.in.at) : 0;
    return late > policy.lateInMinutes ? yellow(late) : null;
  }),
  EARLY_OUT: ofScans((visit, policy) => {
    const early = visit.out ? minutesFrom(visit.out.at, visit.plannedEnd) : 0;
    return early > policy.earlyOutMinutes ? yellow(early) : null;
  }),
  LONGER: ofScans((visit) => {
    const counted = visit.interval && countedInterval(visit.plannedStart, visit.interval);
    const over = counted ? minutesBetween(counted.start, counted.end) - visit.plannedMinutes : 0;
    return over > 0 ? yellow(over) : null;
  }),
  TOO_SHORT: ofVisit((visit, policy) => {
    const minutes = visit.interval ? minutesFrom(visit.interval.start, visit.interval.end) : Infinity;
    return minutes < policy.minimumMinutes ? yellow(minutes) : null;
  }),
  LATE_SYNC: ofScans((visit, policy) => {
    const delay = Math.max(0, ...visit.captures.map((capture) => capture.delayMinutes));
    if (delay <= policy.lateSyncMinutes) return null;
    return { lane: delay > policy.lateSyncRedMinutes ? 'red' : 'yellow', parameters: { minutes: Math.floor(delay) } };
  }),
  CLOCK_SKEW: ofScans((visit, policy) => {
    const skew = Math.max(0, ...visit.captures.map((capture) => capture.skewMinutes));
    return skew > policy.clockSkewMinutes ? yellow(skew) : null;
  }),
  NEW_DEVICE: ofScans(newDevice),
  SHARED_DEVICE: ofScans((visit, policy) => {
    const people = Math.max(0, ...visit.captures.map(({ device }) => device?.people ?? 0));
    return people > policy.sharedDevicePeople ? { lane: 'yellow', parameters: { people } } : null;
  }),
  STATIC_ONLY: ofScans((visit, policy) => {
    const isAlone = visit.captures.some((capture) => capture.via !== 'rotating' && !isNear(capture, policy));
    const isStatic = visit.captures.some(({ via }) => via !== 'rotating');
    return isStatic ? { lane: isAlone && !visit.clientConfirmed ? secondSignal(visit, policy) : 'info' } : null;
  }),
  MANUAL_ENTRY: ofVisit((visit) => (visit.entered ? { lane: 'yellow' } : null)),
  REPLACEMENT: ofVisit((visit) => (visit.replaces ? { lane: 'yellow' } : null)),
  UNVOUCHED: ofScans(unvouched),
  UNSIGNED: ofScans(unsigned),
  SENT_TOGETHER: ofScans(sentTogether),
  CALL_BACK_DUE: ofVisit(
    (visit, policy) => visit.callBackDue && { lane: visit.callBackDue, parameters: { tryDays: policy.callBackTryDays } },
  ),
  OFFLINE: ofScans((visit) => {
    const offline = visit.captures.filter((capture) => capture.offline);
    const width = Math.max(0, ...offline.map((capture) => capture.widthMinutes));
    return offline.length > 0 ? { lane: 'info', parameters: { widthMinutes: Math.ceil(width) } } : null;
  }),
};
