import type { Visit } from '@timebank/contract/client';
import type { KeptScan } from './outbox.rules';

/** A scan that was made: answered by the server, or kept on the phone for now. */
export type DoneScan = { kind: 'in' | 'out'; visit: Visit } | { kept: KeptScan };

/** What the screen says of it. `order`: where it is kept on the phone; null when the server answered at once. */
export function doneOf(scan: DoneScan) {
  if ('kept' in scan) {
    const { kind, clientTime, order } = scan.kept;
    return { kind, at: clientTime, isRepeat: false, creditedMinutes: null, order };
  }
  const { kind, visit } = scan;
  const at = kind === 'in' ? visit.capturedIn : visit.capturedOut;
  return {
    kind,
    at,
    isRepeat: visit.duplicate === true,
    creditedMinutes: kind === 'out' ? (visit.creditedMinutes ?? 0) : null,
    order: null,
  };
}
