import { type LetterCode, meaningOf } from '@timebank/contract/client';

/**
 * A scan and its two events. Everything that either will ever send is settled when the scan is made:
 *
 * - the *direct* event has no time of its own; it is sent once, at once, by the page that made it, and never again. The server's time counts.
 * - the *kept* event carries the phone's time. Whatever happens to the direct one (no answer, a busy server, a closed page, an empty
 *   battery), from then on only this one is sent, as it is, until it is answered.
 *
 * Nothing is lost: both were written down before anything was sent, and the kept one is repeated until the server has answered it. Nothing
 * is doubled: a visit has one start and one end on the server, so when the direct event did arrive, the kept one is answered as its
 * duplicate and the time of the first stands. An event never changes under its id, which the server would refuse.
 */
export type KeptScan = {
  /** In the order they were made, given by the store. */
  order: number;
  /** Of the kept event. */
  eventId: string;
  /** Of the direct event; null when there was no connection, or an earlier scan of this visit still waited. */
  directId: string | null;
  personId: string;
  bankId: string;
  visitId: string;
  kind: 'in' | 'out';
  card: string;
  /** The product's time when it was made. */
  clientTime: string;
  challenge: string | null;
  /** Where the phone was, when its person lets it say so. */
  location?: { latitude: number; longitude: number; accuracyMeters: number } | undefined;
  device: { deviceId: string; signature: string; directSignature: string | null } | null;
  /** Whom it was with, for the list. */
  clientName: string;
  state: 'queued' | 'sending' | 'needs a person';
  tries: number;
  /** By the phone's own clock: not to be sent before. While it is being sent, when that counts as given up. */
  nextTryAt: number;
  refusal: { code: string; parameters: Record<string, unknown> } | null;
  /** By the phone's own clock: until then its maker may take it back, and it is not sent. */
  heldUntil?: number | undefined;
};

/** What is known of a scan when it is made. `directId` and `directSignature` are dropped when it must wait for an earlier one. */
export type NewScan = Omit<KeptScan, 'order' | 'state' | 'tries' | 'nextTryAt' | 'refusal'>;

/** What came of sending an event. `wrong person`: somebody else is signed in, or nobody. */
export type SentScan<Visit> =
  | { outcome: 'stored'; visit: Visit }
  | { outcome: 'refused'; code: string; parameters: Record<string, unknown> }
  | { outcome: 'no answer'; retryAfterMs: number }
  | { outcome: 'wrong person' };

/** How long what was said after a question can be taken back, in milliseconds. */
export const undoMs = 10_000;

const shortestWaitMs = 2_000;
const longestWaitMs = 300_000;

/** How long an event may be under way, in milliseconds: at once before somebody who waits, and in the background. */
export const answerWithinMs = { direct: 8_000, kept: 20_000 };
/** Another tab may take an event over when its sender has been silent for this long. */
const leaseMs = { direct: answerWithinMs.direct + 4_000, kept: answerWithinMs.kept + 10_000 };

/** From 2 seconds, doubling, to 5 minutes; up to a quarter longer, so that a street of phones does not knock at once. */
export function waitMs(tries: number, random: number): number {
  return Math.min(longestWaitMs, shortestWaitMs * 2 ** Math.min(tries - 1, 10) * (1 + random / 4));
}

/** A scan as it is first written down. */
export function written(scan: NewScan, earlier: readonly KeptScan[], now: number): Omit<KeptScan, 'order'> {
  const mustWait = earlier.some((other) => other.visitId === scan.visitId && isUnsent(other));
  const direct = scan.directId !== null && !mustWait;
  return {
    ...scan,
    directId: direct ? scan.directId : null,
    state: direct ? 'sending' : 'queued',
    tries: direct ? 1 : 0,
    nextTryAt: direct ? now + leaseMs.direct : (scan.heldUntil ?? now),
    refusal: null,
  };
}

/** The same scan made twice (two tabs, an impatient thumb) while the first one waits: one scan. */
export function sameScan(scan: NewScan, waiting: readonly KeptScan[]): KeptScan | null {
  return waiting.find((other) => isUnsent(other) && isOf(other, scan) && other.kind === scan.kind) ?? null;
}

/** Whether its maker may still take it back. A clock that was set back holds nothing for longer than the undo lasts. */
export function isHeld({ heldUntil, state, tries }: KeptScan, now: number): boolean {
  return heldUntil !== undefined && state === 'queued' && tries === 0 && now < heldUntil && heldUntil - now <= undoMs;
}

const isOf = (one: { personId: string; visitId: string }, other: { personId: string; visitId: string }) =>
  one.personId === other.personId && one.visitId === other.visitId;

/** Why an offline scan that reached the time bank lies before its coordinators too. */
const letterCodes: readonly LetterCode[] = ['visits/not_found', 'visits/not_yours', 'visits/not_scannable'];

/** Whether the coordinators see this scan as well: its kept event was answered, not the direct one, which leaves nothing but its refusal. */
export function isBeforeDesk({ refusal, directId, tries }: KeptScan): boolean {
  const wasKept = directId === null || tries > 1;
  return wasKept && letterCodes.some((code) => code === refusal?.code);
}

export function isUnsent({ state }: KeptScan): boolean {
  return state !== 'needs a person';
}

/** How urgently is sent: at once instead of after the wait; and whether no other tab can be sending, so that one under way was abandoned. */
export type Haste = { hurry: boolean; alone: boolean };

/** A clock that was set back must not hold an event for hours: no honest wait is longer than the longest. */
function isDue(scan: KeptScan, now: number, { hurry, alone }: Haste): boolean {
  if (isHeld(scan, now)) return false;
  const waited = scan.nextTryAt <= now || scan.nextTryAt > now + longestWaitMs;
  // A direct event is sent outside the rounds, by the page that made it.
  const isDirect = scan.directId !== null && scan.tries === 1;
  const abandoned = alone && scan.state === 'sending' && !isDirect;
  return waited || abandoned || (hurry && scan.state === 'queued');
}

/** What to send next: the person's own, the first of each visit only, in the order they were made. `tried`: not again in this round. */
export function nextToSend(
  all: readonly KeptScan[],
  personId: string,
  now: number,
  haste: Haste,
  tried: ReadonlySet<number>,
): KeptScan | null {
  const unsent = all.filter((scan) => scan.personId === personId && isUnsent(scan));
  const heads = unsent.filter((scan, index) => unsent.findIndex((other) => isOf(scan, other)) === index);
  return heads.find((scan) => !tried.has(scan.order) && isDue(scan, now, haste)) ?? null;
}

/** Takes an event for sending, if nobody else has it; undefined leaves it alone. */
export function claimed(scan: KeptScan, now: number, haste: Haste): KeptScan | undefined {
  if (!isUnsent(scan) || !isDue(scan, now, haste)) return undefined;
  return { ...scan, state: 'sending', tries: scan.tries + 1, nextTryAt: now + leaseMs.kept };
}

/** The event after an answer, or none: null once the server has it. An answer to an event that was settled meanwhile changes nothing. */
export function settled(scan: KeptScan, sent: SentScan<unknown>, now: number, random: number): KeptScan | null {
  if (sent.outcome === 'stored') return null;
  if (sent.outcome === 'refused') {
    return { ...scan, state: 'needs a person', refusal: { code: sent.code, parameters: sent.parameters } };
  }
  if (!isUnsent(scan)) return scan;
  const wait = sent.outcome === 'no answer' ? Math.min(longestWaitMs, Math.max(waitMs(scan.tries, random), sent.retryAfterMs)) : 0;
  return { ...scan, state: 'queued', nextTryAt: now + wait };
}

/** What a refused call means for a scan: only the API's own refusal decides anything. */
export function sentOf({
  status = 0,
  code,
  parameters,
  retryAfterSeconds,
}: {
  status?: number;
  code: string;
  parameters: Record<string, unknown>;
  retryAfterSeconds: number | null;
}): Exclude<SentScan<never>, { outcome: 'stored' }> {
  const meaning = meaningOf({ status, code });
  if (meaning === 'signed out') return { outcome: 'wrong person' };
  if (meaning === 'refused') return { outcome: 'refused', code, parameters };
  return { outcome: 'no answer', retryAfterMs: (retryAfterSeconds ?? 0) * 1_000 };
}
