import { isRefused } from '@timebank/web-kit';
import type { Visit } from '@timebank/contract/client';
import { keep } from '../i18n';
import { useSession } from '../session';
import { forgetScan, isFinal, keepScan, type PendingScan } from './pending-scan';

export type Sent =
  | { outcome: 'taken'; visit: Visit }
  | { outcome: 'refused'; code: string; parameters: Record<string, unknown> }
  | { outcome: 'no answer' };

/**
 * Sends a scan: kept on the phone under its event id first, forgotten once the server has decided. Until then the same visit, kind
 * and card go out under the same id, so a lost answer neither doubles nor loses it.
 */
export async function sendScan(scan: Omit<PendingScan, 'eventId' | 'personId'>): Promise<Sent> {
  const session = useSession();
  const { bankId, visitId, kind, card, eventId } = keepScan(keep, { ...scan, personId: session.me?.personId ?? '' });
  try {
    const visit = await session.ask('putScan', { params: { bankId, visitId, eventId }, body: { kind, card } });
    forgetScan(keep);
    return { outcome: 'taken', visit };
  } catch (thrown) {
    if (!isRefused(thrown)) throw thrown;
    if (!isFinal(thrown)) return { outcome: 'no answer' };
    forgetScan(keep);
    return { outcome: 'refused', code: thrown.code, parameters: thrown.parameters };
  }
}
