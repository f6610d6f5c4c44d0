import type { DayBundle } from '@timebank/contract/client';
import type { KeptScan } from '@timebank/web-kit/scanning';
import { type DBSchema, type IDBPDatabase, type IDBPObjectStore, openDB } from 'idb';

/** The visits of the next three days as this phone last heard of them. `fetchedAt` in milliseconds of its own clock. */
export type KeptBundle = { personId: string; fetchedAt: number; visits: DayBundle['visits']; limits?: DayBundle['limits'] };
export type PhoneKey = { slot: 'key'; deviceId: string; privateKey: CryptoKey; publicKey: string; registeredFor: string[] };

/** What this phone keeps through a restart, in one IndexedDB: scans not yet acknowledged, the day bundle, the phone's key. */
interface Shelves extends DBSchema {
  scans: { key: number; value: KeptScan };
  bundles: { key: string; value: KeptBundle };
  phone: { key: 'key'; value: PhoneKey };
}
type Shelf = 'scans' | 'bundles' | 'phone';
type Store<Name extends Shelf, Mode extends IDBTransactionMode> = IDBPObjectStore<Shelves, [Name], Name, Mode>;

/** The phone could not keep something: its storage is full, or switched off or broken. */
export class StorageTrouble extends Error {
  constructor(
    readonly why: 'full' | 'broken',
    cause: unknown,
  ) {
    super(why, { cause });
  }
}

let opened: Promise<IDBPDatabase<Shelves>> | null = null;

const forget = () => {
  opened = null;
};

function open(): Promise<IDBPDatabase<Shelves>> {
  opened ??= new Promise<IDBPDatabase<Shelves>>((resolve, reject) => {
    openDB<Shelves>('timebank', 1, {
      upgrade: (database) => {
        database.createObjectStore('scans', { keyPath: 'order', autoIncrement: true });
        database.createObjectStore('bundles', { keyPath: 'personId' });
        database.createObjectStore('phone', { keyPath: 'slot' });
      },
      blocked: () => reject(new Error('the database is held by an old page')),
      // A later version of the app opens it anew; the browser may close it when it cleans up.
      blocking: (_, __, event) => {
        (event.target as IDBDatabase).close();
        forget();
      },
      terminated: forget,
    }).then(resolve, reject);
  });
  opened.catch(forget);
  return opened;
}

function troubleOf(fault: unknown): StorageTrouble {
  return new StorageTrouble(fault instanceof DOMException && fault.name === 'QuotaExceededError' ? 'full' : 'broken', fault);
}

/**
 * One transaction on one store: all of it or nothing. `work` waits only for its own requests; the promise resolves only after everything is written.
 * Rejects with `StorageTrouble`.
 */
export async function transact<Name extends Shelf, Mode extends 'readonly' | 'readwrite', Value>(
  shelf: Name,
  mode: Mode,
  work: (store: Store<Name, Mode>) => Promise<Value>,
): Promise<Value> {
  try {
    const transaction = (await open()).transaction(shelf, mode, { durability: 'strict' });
    const worked = work(transaction.store).catch((fault: unknown) => {
      // A transaction that a request has aborted already cannot be aborted again.
      if (!(fault instanceof DOMException)) transaction.abort();
      throw fault;
    });
    // The end of the transaction says best why it failed.
    const [ended, done] = await Promise.allSettled([transaction.done, worked]);
    if (ended.status === 'rejected') throw ended.reason;
    if (done.status === 'rejected') throw done.reason;
    return done.value;
  } catch (fault) {
    throw troubleOf(fault);
  }
}
