import type { ExceptionCode, LetterCode, RefusalCode } from '@timebank/contract';
import type { Capture, DeviceEvidence, Distance } from './evidence';
import { targetOfScan } from '../visit-states.rules';
import type { VisitRow } from '../visit.entity';

const repeatMinutes = 5;
const typedCodeHours = 24;
const minute = 60_000;

export type CardFault =
  | 'visits/code_expired'
  | 'visits/code_used'
  | 'visits/unknown_card'
  | 'visits/wrong_card'
  | 'visits/card_revoked'
  | 'visits/code_not_valid_now';

/** The exception that an offline scan's fault becomes; online such a scan is refused. */
const exceptionOf: Record<CardFault, ExceptionCode & Capture['cardFault']> = {
  'visits/wrong_card': 'CARD_CLIENT_MISMATCH',
  'visits/card_revoked': 'CARD_REVOKED',
  'visits/unknown_card': 'UNKNOWN_CODE',
  'visits/code_not_valid_now': 'UNKNOWN_CODE',
  'visits/code_expired': 'UNKNOWN_CODE',
  'visits/code_used': 'UNKNOWN_CODE',
};

export type Scan = {
  kind: 'in' | 'out';
  /** The phone's time when the scan was kept offline. */
  clientTime: Date | null;
  receivedAt: Date;
  /** The scan was made between these instants, as the server itself attests; null where it attests nothing. */
  attested: { after: Date | null; before: Date | null };
  cardFault: CardFault | null;
  signatureIsForged: boolean;
};

/** Between which instants of the server an offline scan was made. */
export type Window = { earliest: Date; latest: Date };

/** `thrown`: the caller is refused. Without it an offline event is kept and answered, though it changes nothing. */
export type ScanOutcome =
  | { outcome: 'accepted'; at: Date; code: CardFault | null; target: 'in_progress' | 'ended' }
  | { outcome: 'duplicate'; at: Date; code: LetterCode | null; thrown: false }
  | { outcome: 'refused'; at: Date; code: RefusalCode; parameters: Record<string, unknown>; thrown: boolean };

type Visit = Pick<VisitRow, 'state' | 'class' | 'capturedIn' | 'capturedOut' | 'createdAt'>;

/**
 * The time that the server can vouch for in an offline scan: after the visit was planned, after the quoted bundle was handed out and after the other
 * end, and before the scan arrived; a rotating code narrows that to a minute and a half. Null online, where the server's own time counts.
 */
export function windowOf(visit: Visit, scan: Pick<Scan, 'kind' | 'clientTime' | 'receivedAt' | 'attested'>): Window | null {
  if (scan.clientTime === null) return null;
  const { after, before } = scan.attested;
  const ended = Math.min(before?.getTime() ?? Infinity, scan.kind === 'in' ? (visit.capturedOut?.getTime() ?? Infinity) : Infinity);
  const ceiling = Math.min(scan.receivedAt.getTime(), ended);
  const started = scan.kind === 'out' ? (visit.capturedIn?.getTime() ?? 0) : 0;
  const floor = Math.max(visit.createdAt.getTime(), started, after?.getTime() ?? 0);
  return { earliest: new Date(floor), latest: new Date(Math.max(floor, ceiling)) };
}

function clampTime(visit: Visit, scan: Scan): Date {
  const window = windowOf(visit, scan);
  if (window === null || scan.clientTime === null) return scan.receivedAt;
  return new Date(Math.max(window.earliest.getTime(), Math.min(window.latest.getTime(), scan.clientTime.getTime())));
}

/**
 * What happens to a scan by the visit's own volunteer. Online a faulty card refuses it and the server's time counts. Offline every event is kept. A
 * second one of the same kind within five minutes gets the first one's answer; later it is refused online.
 */
export function decideScan(visit: Visit, scan: Scan): ScanOutcome {
  const offline = scan.clientTime !== null;
  const at = clampTime(visit, scan);
  if (!offline && scan.signatureIsForged) return { outcome: 'refused', at, code: 'scans/bad_signature', parameters: {}, thrown: true };
  if (!offline && scan.cardFault) return { outcome: 'refused', at, code: scan.cardFault, parameters: {}, thrown: true };
  const taken = scan.kind === 'in' ? visit.capturedIn : visit.capturedOut;
  if (taken) {
    const late = Math.abs(at.getTime() - taken.getTime()) > repeatMinutes * minute;
    const code = scan.kind === 'in' ? 'visits/already_started' : 'visits/already_ended';
    if (late && !offline) return { outcome: 'refused', at, code, parameters: { at: taken.toISOString() }, thrown: true };
    return { outcome: 'duplicate', at: taken, code: late ? code : null, thrown: false };
  }
  const target = targetOfScan(visit, scan.kind, offline);
  if (target === null)
    return { outcome: 'refused', at, code: 'visits/not_scannable', parameters: { state: visit.state }, thrown: !offline };
  return { outcome: 'accepted', at, code: scan.cardFault, target };
}

/** When something happened by the phone's word, within what the server can vouch for. */
export function claimedAt({ clientTime, earliest, latest }: { clientTime: Date; earliest: Date | null; latest: Date }): Date {
  return new Date(Math.min(Math.max(clientTime.getTime(), earliest?.getTime() ?? 0), latest.getTime()));
}

/** Why an offline scan goes to the coordinators as a letter: it changed nothing, and is not merely the first one again. Null for any other. */
export function letterCodeOf(outcome: ScanOutcome, clientTime: Date | null): LetterCode | null {
  if (clientTime === null || outcome.outcome === 'accepted') return null;
  return outcome.code as LetterCode | null;
}

/** What a kept event proves. */
export function captureOf(event: {
  at: Date;
  receivedAt: Date;
  clientTime: Date | null;
  code: string | null;
  via: Capture['via'];
  distance: Distance | null;
  window: Window | null;
  dated: boolean | null;
  device: DeviceEvidence | null;
}): Capture {
  const told = event.clientTime ?? event.at;
  return {
    at: event.at,
    cardFault: event.code === null ? null : (exceptionOf[event.code as CardFault] ?? null),
    offline: event.clientTime !== null,
    delayMinutes: event.clientTime ? (event.receivedAt.getTime() - told.getTime()) / minute : 0,
    skewMinutes: Math.abs(event.at.getTime() - told.getTime()) / minute,
    widthMinutes: event.window ? (event.window.latest.getTime() - event.window.earliest.getTime()) / minute : 0,
    dated: event.clientTime ? event.dated : null,
    receivedAt: event.receivedAt,
    via: event.via,
    distance: event.distance,
    device: event.device,
  };
}

/** A typed code counts only around the plan, so that guessing has nothing to aim at. */
export function typedCodeCounts(visit: Pick<VisitRow, 'plannedStart' | 'plannedEnd'>, now: Date): boolean {
  const hours = (from: Date, to: Date) => (to.getTime() - from.getTime()) / (60 * minute);
  return hours(now, visit.plannedStart) <= typedCodeHours && hours(visit.plannedEnd, now) <= typedCodeHours;
}
