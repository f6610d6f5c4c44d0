import { newId } from '@timebank/kernel';
import type { Keep } from '@timebank/web-kit';

export type PendingScan = { eventId: string; personId: string; bankId: string; visitId: string; kind: 'in' | 'out'; card: string };

const key = 'pending-scan';

/** The scan that this person's phone has made and the server has not answered yet. */
export function readPendingScan(keep: Keep, personId: string): PendingScan | null {
  try {
    const pending = JSON.parse(keep.read(key) ?? 'null') as PendingScan | null;
    return pending?.personId === personId && typeof pending.eventId === 'string' ? pending : null;
  } catch {
    return null;
  }
}

/**
 * Keeps a scan before it is sent. The same visit, kind and card get the event id they had, so that a scan whose answer was lost
 * is repeated and never doubled.
 */
export function keepScan(keep: Keep, scan: Omit<PendingScan, 'eventId'>, makeId: () => string = newId): PendingScan {
  const before = readPendingScan(keep, scan.personId);
  const same = before?.visitId === scan.visitId && before.kind === scan.kind && before.card === scan.card;
  const pending = { ...scan, eventId: same ? before.eventId : makeId() };
  keep.write(key, JSON.stringify(pending));
  return pending;
}

export function forgetScan(keep: Keep): void {
  keep.write(key, null);
}

/** Whether a refusal decided the scan; else (no answer, busy, fault, signed out) it stays on the phone. */
export function isFinal(refused: { code: string; status?: number }): boolean {
  const status = refused.status ?? 0;
  return status >= 400 && status < 500 && status !== 401 && status !== 429;
}
