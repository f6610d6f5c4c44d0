import type { KeptScan, OutboxStore } from '@timebank/web-kit/scanning';
import { transact } from './phone-db';

/** The outbox in this phone's IndexedDB. Every method is one transaction, so that tabs cannot come between. */
export const outboxDb: OutboxStore = {
  all: () =>
    transact<KeptScan[]>('scans', 'readonly', (store, done) => {
      const request = store.getAll() as IDBRequest<KeptScan[]>;
      request.addEventListener('success', () => done(request.result));
    }),
  add: (make) =>
    transact<KeptScan | null>('scans', 'readwrite', (store, done) => {
      const request = store.getAll() as IDBRequest<KeptScan[]>;
      request.addEventListener('success', () => {
        const made = make(request.result);
        if (made === null) return done(null);
        const added = store.add(made) as IDBRequest<number>;
        added.addEventListener('success', () => done({ ...made, order: added.result }));
      });
    }),
  change: (order, change) =>
    transact<KeptScan | null | undefined>('scans', 'readwrite', (store, done) => {
      const request = store.get(order) as IDBRequest<KeptScan | undefined>;
      request.addEventListener('success', () => {
        const changed = request.result && change(request.result);
        if (changed === null) store.delete(order);
        else if (changed !== undefined) store.put(changed);
        done(changed);
      });
    }),
};
