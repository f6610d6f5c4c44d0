import { shallowRef } from 'vue';
import type { DoneScan } from './done-scan';
import { sendUnkept, type MadeScan, type Scanned } from './make-scan';
import { useOutbox } from './my-outbox';

/** One scan made on a page: what came of it, and the one that could neither be kept nor sent, which lasts as long as the page. */
export function useScanning() {
  const outbox = useOutbox();
  const done = shallowRef<DoneScan | null>(null);
  const unkept = shallowRef<Extract<Scanned, { outcome: 'unkept' }> | null>(null);

  function settle(scanned: Scanned, kind: 'in' | 'out'): Scanned {
    unkept.value = scanned.outcome === 'unkept' ? scanned : null;
    if (scanned.outcome === 'taken') done.value = { visit: scanned.visit, kind };
    if (scanned.outcome === 'kept') done.value = { kept: scanned.scan };
    return scanned;
  }

  return {
    done,
    unkept,
    make: async (made: MadeScan) => settle(await outbox.scan(made), made.kind),
    /** The same scan under the same id: it was perhaps taken, and its answer lost. */
    again: async (): Promise<Scanned | null> => {
      if (unkept.value === null) return null;
      const { scan, why } = unkept.value;
      return settle(await sendUnkept(scan, why), scan.kind);
    },
  };
}
