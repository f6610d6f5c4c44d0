import { shallowRef } from 'vue';
import { readBundle } from '../phone/day-bundle';
import { useSession } from '../shared/session';
import type { DoneScan } from './done-scan';
import { type Doubt, doubtOf, usualLimits } from './doubts.rules';
import { sendUnkept, type MadeScan, type ScanResult } from '../phone/make-scan';
import { useOutbox } from '../phone/my-outbox';

/** What is known about a visit when a scan is judged before it is made. */
type PlannedVisit = { plannedStart: string; capturedIn: string | null };

/** One scan made on a page: its result, the question before it, and a scan that could be neither stored nor sent, which lasts as long as the page. */
export function useScanning() {
  const outbox = useOutbox();
  const session = useSession();
  const done = shallowRef<DoneScan | null>(null);
  const unkept = shallowRef<Extract<ScanResult, { outcome: 'unkept' }> | null>(null);
  const asked = shallowRef<{ doubt: Doubt; made: MadeScan } | null>(null);

  function settle(scanned: ScanResult, kind: 'in' | 'out'): ScanResult {
    unkept.value = scanned.outcome === 'unkept' ? scanned : null;
    if (scanned.outcome === 'taken') done.value = { visit: scanned.visit, kind };
    if (scanned.outcome === 'kept') done.value = { kept: scanned.scan };
    return scanned;
  }

  async function doubt(made: MadeScan, visit: PlannedVisit): Promise<Doubt | null> {
    const { limits } = await readBundle(session.me?.personId ?? '');
    const own = limits?.find(({ bankId }) => bankId === made.bankId) ?? usualLimits;
    return doubtOf(made.kind, visit, session.now(), own);
  }

  return {
    done,
    unkept,
    asked,
    /** Makes the scan, or asks first; null while it asks. */
    make: async (made: MadeScan, visit: PlannedVisit): Promise<ScanResult | null> => {
      const pressedAt = made.pressedAt ?? session.now().toISOString();
      const found = await doubt(made, visit);
      if (found === null) return settle(await outbox.scan(made), made.kind);
      asked.value = { doubt: found, made: { ...made, pressedAt, holds: found.why === 'short' } };
      return null;
    },
    /** The answer was yes: the scan is made as it was pressed. */
    confirm: async (): Promise<ScanResult | null> => {
      if (asked.value === null) return null;
      const { made } = asked.value;
      const scanned = settle(await outbox.scan(made), made.kind);
      asked.value = null;
      return scanned;
    },
    /** The same scan under the same id: it was perhaps taken, and its answer lost. */
    again: async (): Promise<ScanResult | null> => {
      if (unkept.value === null) return null;
      const { scan, why } = unkept.value;
      return settle(await sendUnkept(scan, why), scan.kind);
    },
  };
}
