import {
  exceptionCodes,
  type Assurance,
  type ExceptionCode,
  type ExceptionLane,
  type Lane,
  type Policy,
  type VisitState,
} from '@timebank/contract';
import { localDate, minutesBetween } from '@timebank/kernel';
import { countedInterval, proposeCredit, type Credit, type Interval } from './credited.rules';

/** Evidence of one end of a visit. Times offline are the phone's, held inside what the server knows. */
export type Capture = {
  at: Date;
  /** What was wrong with the card of an offline event; online such a scan is refused instead. */
  cardFault: 'CARD_CLIENT_MISMATCH' | 'CARD_REVOKED' | 'UNKNOWN_CODE' | null;
  offline: boolean;
  /** From happening to arriving. */
  delayMinutes: number;
  /** How far the phone's clock had to be moved. */
  skewMinutes: number;
  /** How wide the interval is that the server can vouch for; 0 online. */
  widthMinutes: number;
  /** How the code came in; null for none of ours, offline only. */
  via: 'card' | 'typed' | 'rotating' | null;
  /** How far the phone was from the client's home; null without consent, position or a recorded home. */
  distance: Distance | null;
  /** The phone that made it, when it has a key. */
  device: DeviceEvidence | null;
};

/** In metres, and how far off the phone itself says that may be. */
export type Distance = { meters: number; accuracyMeters: number };

/** A phone as it stood when it made a scan: whether its key proved it, whether it was new to the person, how many people used it that day. */
export type DeviceEvidence = { deviceId: string; proof: 'valid' | 'invalid' | 'unknown'; isNew: boolean; people: number };

/** Another visit of the same volunteer around the same time. */
type OtherVisit = {
  clientId: string;
  interval: Interval;
  creditedMinutes: number;
  /** Between the two clients' homes; null where one is not recorded. */
  awayMeters: number | null;
};

export type VisitFacts = {
  clientId: string;
  plannedStart: Date;
  plannedEnd: Date;
  plannedMinutes: number;
  timeZone: string;
  in: Capture | null;
  out: Capture | null;
  /** Times a coordinator typed in. */
  entered: Interval | null;
  /** Over: scanned out, closed by the clock or entered by hand. */
  ended: boolean;
  /** How volunteer and client belong together. */
  relatedAs: string | null;
  /** Another volunteer had this request before. */
  replaces: boolean;
  /** Somebody recorded where the client's home is. */
  homeIsKnown: boolean;
  /** The service is of a kind with a high risk. */
  riskIsHigh: boolean;
  /** Since when the volunteer has had a phone with a key. */
  firstDeviceAt: Date | null;
  others: readonly OtherVisit[];
  /** The client has confirmed the visit on the phone. */
  clientConfirmed: boolean;
  /** The lane that a call-back, made or missing, puts the visit in. */
  callBackDue: 'yellow' | 'red' | null;
};

type Finding = { code: ExceptionCode; lane: ExceptionLane; parameters: Record<string, string | number> };
export type Verdict = {
  findings: Finding[];
  /** Null while the visit goes on. */
  lane: Lane | null;
  state: VisitState;
  assurance: Assurance;
  credit: Credit | null;
};

type Known = VisitFacts & { captures: Capture[]; interval: Interval | null; credit: Credit };
type Found = { lane: ExceptionLane; parameters?: Record<string, string | number> } | null;
type Rule = (visit: Known, policy: Policy) => Found;

const minutesFrom = (from: Date, to: Date) => (to.getTime() - from.getTime()) / 60_000;
const yellow = (minutes: number): Found => ({ lane: 'yellow', parameters: { minutes: Math.floor(minutes) } });
const red = (parameters: Record<string, string | number> = {}): Found => ({ lane: 'red', parameters });
const cardFault =
  (code: Capture['cardFault']): Rule =>
  (visit) =>
    visit.captures.some((capture) => capture.cardFault === code) ? red() : null;

function overlapMinutes(one: Interval, other: Interval): number {
  return Math.max(0, minutesFrom(one.start > other.start ? one.start : other.start, one.end < other.end ? one.end : other.end));
}

function isUnscheduled(visit: Known, policy: Policy): boolean {
  if (!visit.in) return false;
  const early = minutesFrom(visit.in.at, visit.plannedStart);
  return early > policy.windowBeforeMinutes || -early > policy.windowAfterMinutes;
}

/** Over the visit's cap, the day's or the pair's visits a day; `roomMinutes` is what the caps leave. */
function overCap(visit: Known, policy: Policy): Found {
  if (!visit.interval) return null;
  const day = localDate(visit.interval.start, visit.timeZone);
  const sameDay = visit.others.filter((other) => localDate(other.interval.start, visit.timeZone) === day);
  const dayMinutes = sameDay.reduce((sum, other) => sum + other.creditedMinutes, 0);
  const room = Math.max(0, Math.min(policy.visitCapMinutes, policy.dayCapMinutes - dayMinutes));
  if (visit.credit.minutes > room) return red({ cap: visit.credit.minutes > policy.visitCapMinutes ? 'visit' : 'day', roomMinutes: room });
  const pairVisits = sameDay.filter((other) => other.clientId === visit.clientId).length + 1;
  return pairVisits > policy.pairVisitsPerDay ? red({ cap: 'pair', visits: pairVisits }) : null;
}

/** As far as the phone's own accuracy lets one say. */
const isNear = ({ distance }: Capture, policy: Policy) =>
  distance !== null && distance.meters <= policy.farMeters + distance.accuracyMeters;

function far({ captures }: Known, policy: Policy): Found {
  const [worst] = captures
    .flatMap(({ distance }) => distance ?? [])
    .sort((left, right) => right.meters - right.accuracyMeters - (left.meters - left.accuracyMeters));
  if (!worst || worst.meters <= policy.farMeters + worst.accuracyMeters) return null;
  return { lane: worst.meters > policy.farRedMeters + worst.accuracyMeters ? 'red' : 'yellow', parameters: { meters: worst.meters } };
}

/** Faster from one home to the next than any way through the city. Visits that overlap are OVERLAP already. */
function impossibleTravel({ interval, others }: Known, policy: Policy): Found {
  if (!interval) return null;
  for (const other of others) {
    if (other.awayMeters === null) continue;
    const gap = Math.max(minutesFrom(other.interval.end, interval.start), minutesFrom(interval.end, other.interval.start));
    const needed = (other.awayMeters / 1_000 / policy.travelKilometersPerHour) * 60;
    if (gap >= 0 && needed > gap) return red({ minutes: Math.floor(gap), meters: Math.round(other.awayMeters) });
  }
  return null;
}

/** A phone that cannot prove that it is one the volunteer has used before. Who never had a phone with a key is not asked for one. */
function newDevice({ captures, firstDeviceAt }: Known): Found {
  for (const { device, at } of captures) {
    if (device?.proof === 'invalid') return { lane: 'yellow', parameters: { why: 'signature' } };
    if (device?.proof === 'unknown') return { lane: 'yellow', parameters: { why: 'unregistered' } };
    if (device?.isNew) return { lane: 'yellow', parameters: { why: 'new' } };
    if (!device && firstDeviceAt !== null && firstDeviceAt < at) return { lane: 'yellow', parameters: { why: 'unsigned' } };
  }
  return null;
}

/** What a visit without a second signal is worth saying, by the bank's policy and the risk of its kind of service. */
function secondSignal({ riskIsHigh }: Known, policy: Policy): 'info' | 'yellow' {
  if (policy.secondSignal === 'high_risk') return riskIsHigh ? 'yellow' : 'info';
  return policy.secondSignal;
}

/** Rules about scans; times entered by hand replace what they would complain about. */
const scanRules: Partial<Record<ExceptionCode, Rule>> = {
  MISSING_IN: (visit) => (visit.ended && !visit.in ? red() : null),
  MISSING_OUT: (visit) => (visit.ended && !visit.out ? red() : null),
  CARD_CLIENT_MISMATCH: cardFault('CARD_CLIENT_MISMATCH'),
  CARD_REVOKED: cardFault('CARD_REVOKED'),
  UNKNOWN_CODE: cardFault('UNKNOWN_CODE'),
  UNSCHEDULED: (visit, policy) => (isUnscheduled(visit, policy) ? red() : null),
  EARLY_IN: (visit, policy) => {
    const early = visit.in ? minutesFrom(visit.in.at, visit.plannedStart) : 0;
    return early > policy.earlyInMinutes ? yellow(early) : null;
  },
  LATE_IN: (visit, policy) => {
    const late = visit.in ? minutesFrom(visit.plannedStart, visit.in.at) : 0;
    return late > policy.lateInMinutes ? yellow(late) : null;
  },
  EARLY_OUT: (visit, policy) => {
    const early = visit.out ? minutesFrom(visit.out.at, visit.plannedEnd) : 0;
    return early > policy.earlyOutMinutes ? yellow(early) : null;
  },
  LONGER: (visit) => {
    const counted = visit.interval && countedInterval(visit.plannedStart, visit.interval);
    const over = counted ? minutesBetween(counted.start, counted.end) - visit.plannedMinutes : 0;
    return over > 0 ? yellow(over) : null;
  },
  LATE_SYNC: (visit, policy) => {
    const delay = Math.max(0, ...visit.captures.map((capture) => capture.delayMinutes));
    if (delay <= policy.lateSyncMinutes) return null;
    return { lane: delay > policy.lateSyncRedMinutes ? 'red' : 'yellow', parameters: { minutes: Math.floor(delay) } };
  },
  CLOCK_SKEW: (visit, policy) => {
    const skew = Math.max(0, ...visit.captures.map((capture) => capture.skewMinutes));
    return skew > policy.clockSkewMinutes ? yellow(skew) : null;
  },
  LOCATION_OFF: (visit, policy) =>
    visit.homeIsKnown && visit.captures.some(({ distance }) => distance === null)
      ? { lane: visit.clientConfirmed ? 'info' : secondSignal(visit, policy) }
      : null,
  FAR: far,
  NEW_DEVICE: newDevice,
  SHARED_DEVICE: (visit, policy) => {
    const people = Math.max(0, ...visit.captures.map(({ device }) => device?.people ?? 0));
    return people > policy.sharedDevicePeople ? { lane: 'yellow', parameters: { people } } : null;
  },
  STATIC_ONLY: (visit, policy) => {
    const isAlone = visit.captures.some((capture) => capture.via !== 'rotating' && !isNear(capture, policy));
    const isStatic = visit.captures.some(({ via }) => via !== 'rotating');
    return isStatic ? { lane: isAlone && !visit.clientConfirmed ? secondSignal(visit, policy) : 'info' } : null;
  },
  OFFLINE: (visit) => {
    const offline = visit.captures.filter((capture) => capture.offline);
    const width = Math.max(0, ...offline.map((capture) => capture.widthMinutes));
    return offline.length > 0 ? { lane: 'info', parameters: { widthMinutes: Math.ceil(width) } } : null;
  },
};

/** Rules about the visit, however its times came in. */
const visitRules: Partial<Record<ExceptionCode, Rule>> = {
  OVERLAP: (visit) => {
    const { interval } = visit;
    const overlap = interval ? visit.others.reduce((sum, other) => sum + overlapMinutes(interval, other.interval), 0) : 0;
    return overlap > 0 ? red({ minutes: Math.ceil(overlap) }) : null;
  },
  IMPOSSIBLE_TRAVEL: impossibleTravel,
  OVER_CAP: overCap,
  CONFLICT_OF_INTEREST: (visit) => (visit.relatedAs === null ? null : red({ relation: visit.relatedAs })),
  TOO_SHORT: (visit, policy) => {
    const minutes = visit.interval ? minutesFrom(visit.interval.start, visit.interval.end) : Infinity;
    return minutes < policy.minimumMinutes ? yellow(minutes) : null;
  },
  MANUAL_ENTRY: (visit) => (visit.entered ? { lane: 'yellow' } : null),
  CALL_BACK_DUE: (visit, policy) => visit.callBackDue && { lane: visit.callBackDue, parameters: { tryDays: policy.callBackTryDays } },
  REPLACEMENT: (visit) => (visit.replaces ? { lane: 'yellow' } : null),
};

function worstOf(findings: readonly Finding[]): Lane {
  if (findings.some(({ lane }) => lane === 'red')) return 'red';
  return findings.some(({ lane }) => lane === 'yellow') ? 'yellow' : 'clean';
}

/** How sure it is that they met: entered by hand; a card, or offline; a card and a second signal (the client's word, a phone that was there); a code that changed with time, read while the server looked on. */
function assuranceOf({ entered, captures, clientConfirmed }: Known, policy: Policy): Assurance {
  if (entered) return 'A0';
  const isStrong = captures.length > 0 && captures.every((capture) => capture.via === 'rotating' && !capture.offline && !capture.cardFault);
  if (isStrong) return 'A3';
  const isOnline = captures.length > 0 && captures.every((capture) => !capture.offline);
  return isOnline && (clientConfirmed || captures.every((capture) => isNear(capture, policy))) ? 'A2' : 'A1';
}

/** The state that a lane waits in. */
const stateOfLane = { clean: 'ready', yellow: 'needs_ack', red: 'needs_fix' } as const satisfies Record<Lane, VisitState>;

/**
 * Judges a visit by everything known about it: the closed list of exceptions in the contract's order, the lane they put it
 * in, and what approval would credit. Pure: the same facts and policy give the same verdict. Thresholds are policy.
 */
export function judge(facts: VisitFacts, policy: Policy): Verdict {
  const captured = facts.in && facts.out ? { start: facts.in.at, end: facts.out.at } : null;
  const times = { ...facts, capturedIn: facts.in?.at ?? null, capturedOut: facts.out?.at ?? null };
  const visit: Known = {
    ...facts,
    captures: [facts.in, facts.out].filter((capture) => capture !== null),
    interval: facts.entered ?? captured,
    credit: proposeCredit(times, policy),
  };
  const rules = facts.entered ? visitRules : { ...scanRules, ...visitRules };
  const findings = exceptionCodes.flatMap((code): Finding[] => {
    const found = rules[code]?.(visit, policy);
    return found ? [{ code, lane: found.lane, parameters: found.parameters ?? {} }] : [];
  });
  const lane = facts.ended ? worstOf(findings) : null;
  return {
    findings,
    lane,
    state: lane ? stateOfLane[lane] : 'in_progress',
    assurance: assuranceOf(visit, policy),
    credit: facts.ended ? visit.credit : null,
  };
}
