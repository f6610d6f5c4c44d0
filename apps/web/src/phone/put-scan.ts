import { CallRefused, scanText, type Visit } from '@timebank/contract/client';
import { answerWithinMs, sentOf, type KeptScan, type NewScan, type SentScan } from '@timebank/web-kit/scanning';
import { useSession } from '../shared/session';

type Event = { eventId: string; clientTime?: string };

/** The two events of a scan differ in their ids: only the kept one carries the phone's time. */
function eventOf(scan: NewScan, direct: boolean): Event {
  return direct ? { eventId: scan.directId ?? '' } : { eventId: scan.eventId, clientTime: scan.clientTime };
}

/** The phone key's signature of each event. */
export function textOf(scan: NewScan, direct: boolean): string {
  const { visitId, kind, card, challenge, location } = scan;
  return scanText({ ...eventOf(scan, direct), visitId, kind, card, challenge: challenge ?? undefined, location });
}

function bodyOf(scan: NewScan, direct: boolean) {
  const { kind, card, challenge, device, location } = scan;
  const { clientTime } = eventOf(scan, direct);
  const signature = direct ? device?.directSignature : device?.signature;
  return {
    kind,
    card,
    ...(clientTime ? { clientTime } : {}),
    ...(challenge ? { challenge } : {}),
    ...(location ? { location } : {}),
    ...(device && signature ? { device: { deviceId: device.deviceId, signature } } : {}),
  };
}

/** Sends one event of a scan. Stored only when the answer names this very event: anything else may be a stranger's page. */
export async function putScan(scan: KeptScan | NewScan, direct: boolean): Promise<SentScan<Visit>> {
  const session = useSession();
  const { bankId, visitId } = scan;
  const { eventId } = eventOf(scan, direct);
  const signal = AbortSignal.timeout(answerWithinMs[direct ? 'direct' : 'kept']);
  try {
    // In the background there is time to ask the server who is signed in; another tab or the desk may have changed that.
    if (!(await session.isStill(scan.personId, !direct))) return { outcome: 'wrong person' };
    const visit = await session.ask('putScan', { params: { bankId, visitId, eventId }, body: bodyOf(scan, direct), signal });
    const event = visit?.events?.findLast((one) => one.eventId === eventId);
    if (!event) return { outcome: 'no answer', retryAfterMs: 0 };
    if (event.outcome === 'refused') return { outcome: 'refused', code: event.code ?? 'service/fault', parameters: {} };
    return { outcome: 'stored', visit };
  } catch (thrown) {
    if (thrown instanceof CallRefused) {
      const sent = sentOf(thrown);
      // A refusal of somebody else's session says nothing about this person's scan.
      return sent.outcome === 'refused' && !(await session.isStill(scan.personId, true)) ? { outcome: 'wrong person' } : sent;
    }
    console.error(thrown);
    return { outcome: 'no answer', retryAfterMs: 0 };
  }
}
