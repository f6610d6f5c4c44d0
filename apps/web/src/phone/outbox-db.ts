import type { KeptScan, OutboxStore } from '@timebank/web-kit/scanning';
import { transact } from './phone-db';

/** The outbox in this phone's IndexedDB. Every method is one transaction, so that tabs cannot come between. */
export const outboxDb: OutboxStore = {
  all: () => transact('scans', 'readonly', (store) => store.getAll()),
  add: (make) =>
    transact('scans', 'readwrite', async (store) => {
      const made = make(await store.getAll());
      // The store gives the order.
      return made && { ...made, order: await store.add(made as KeptScan) };
    }),
  change: (order, change) =>
    transact('scans', 'readwrite', async (store) => {
      const kept = await store.get(order);
      const changed = kept && change(kept);
      if (changed === null) await store.delete(order);
      else if (changed !== undefined) await store.put(changed);
      return changed;
    }),
};
