import { newId } from '@timebank/kernel';
import type { Visit } from '@timebank/contract/client';
import { type KeptScan, type NewScan, type Outbox, undoMs } from '@timebank/web-kit/scanning';
import { readBundle } from './day-bundle';
import { signAll } from './device-key';
import { StorageTrouble } from './phone-db';
import { useSession } from '../shared/session';
import { whereAtScan } from '../shared/where';
import { putScan, textOf } from './put-scan';

/** What a page knows about a scan that it makes. */
export type MadeScan = Pick<NewScan, 'bankId' | 'visitId' | 'kind' | 'card' | 'clientName'> & {
  /** When it was pressed, if that was asked about before it was made. */
  pressedAt?: string | undefined;
  /** For a while it can be taken back, and is not sent. */
  holds?: boolean | undefined;
};
/** `kept`: stored, and sent by itself as soon as possible. `unkept`: neither stored nor answered. */
export type ScanResult =
  | { outcome: 'taken'; visit: Visit }
  | { outcome: 'refused'; code: string; parameters: Record<string, unknown> }
  | { outcome: 'kept'; scan: KeptScan }
  | { outcome: 'unkept'; scan: NewScan; why: 'full' | 'broken' };

/** Everything that both events of a scan will ever say, settled now. */
async function settle({ pressedAt, holds = false, ...made }: MadeScan): Promise<NewScan> {
  const session = useSession();
  const personId = session.me?.personId ?? '';
  const clientTime = pressedAt ?? session.now().toISOString();
  const [{ visits }, location] = await Promise.all([readBundle(personId), whereAtScan(personId)]);
  const challenge = visits.find(({ visitId }) => visitId === made.visitId)?.challenge ?? null;
  // A held scan is sent later, with the time of the press.
  const directId = navigator.onLine && !holds ? newId() : null;
  const scan: NewScan = {
    ...made,
    eventId: newId(),
    directId,
    personId,
    clientTime,
    challenge,
    location: location ?? undefined,
    device: null,
    ...(holds ? { heldUntil: Date.now() + undoMs } : {}),
  };
  const signed = await signAll([textOf(scan, false), ...(directId ? [textOf(scan, true)] : [])]);
  const [signature, directSignature = null] = signed?.signatures ?? [];
  return signed && signature ? { ...scan, device: { deviceId: signed.deviceId, signature, directSignature } } : scan;
}

/** Sends a scan that could not be stored, always as the same direct event; the page keeps it and asks again. */
export async function sendUnkept(scan: NewScan, why: 'full' | 'broken'): Promise<ScanResult> {
  const sent = await putScan({ ...scan, directId: (scan.directId ??= newId()) }, true);
  if (sent.outcome === 'stored') return { outcome: 'taken', visit: sent.visit };
  if (sent.outcome === 'refused') return sent;
  return { outcome: 'unkept', scan, why };
}

/** Makes a scan: written down first, then sent at once where that is possible. */
export async function makeScan(outbox: Outbox<Visit>, made: MadeScan): Promise<ScanResult> {
  const settled = await settle(made);
  try {
    void navigator.storage?.persist?.().catch(() => undefined);
    const { scan: kept, sent } = await outbox.put(settled);
    if (sent?.outcome === 'stored') return { outcome: 'taken', visit: sent.visit };
    if (sent?.outcome === 'refused') {
      // Shown at once, in front of the person who can scan the right card.
      void outbox.read(kept.order);
      return sent;
    }
    return { outcome: 'kept', scan: kept };
  } catch (fault) {
    if (!(fault instanceof StorageTrouble)) console.error(fault);
    return sendUnkept(settled, fault instanceof StorageTrouble ? fault.why : 'broken');
  }
}
