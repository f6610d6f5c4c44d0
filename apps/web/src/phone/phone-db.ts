/** What this phone keeps through a restart, in one IndexedDB: scans not yet acknowledged, the day bundle, the phone's key. */
type Shelf = 'scans' | 'bundles' | 'phone';

/** The phone could not keep something: its storage is full, or switched off or broken. */
export class StorageTrouble extends Error {
  constructor(
    readonly why: 'full' | 'broken',
    cause: unknown,
  ) {
    super(why, { cause });
  }
}

let opened: Promise<IDBDatabase> | null = null;

function open(): Promise<IDBDatabase> {
  opened ??= new Promise<IDBDatabase>((resolve, reject) => {
    const request = indexedDB.open('timebank', 1);
    request.addEventListener('upgradeneeded', () => {
      const shelves: [Shelf, IDBObjectStoreParameters][] = [
        ['scans', { keyPath: 'order', autoIncrement: true }],
        ['bundles', { keyPath: 'personId' }],
        ['phone', { keyPath: 'slot' }],
      ];
      for (const [name, how] of shelves) request.result.createObjectStore(name, how);
    });
    request.addEventListener('success', () => {
      const database = request.result;
      // A later version of the app opens it anew; the browser may close it when it cleans up.
      database.addEventListener('versionchange', () => {
        database.close();
        opened = null;
      });
      database.addEventListener('close', () => {
        opened = null;
      });
      resolve(database);
    });
    request.addEventListener('error', () => reject(request.error ?? new Error('no database')));
    request.addEventListener('blocked', () => reject(new Error('the database is held by an old page')));
  });
  opened.catch(() => {
    opened = null;
  });
  return opened;
}

function troubleOf(fault: unknown): StorageTrouble {
  return new StorageTrouble(fault instanceof DOMException && fault.name === 'QuotaExceededError' ? 'full' : 'broken', fault);
}

/**
 * One transaction on one shelf: all of it or nothing. `work` makes its requests at once or from their answers, and gives its result by
 * `done`; the promise holds only after everything is written. Rejects with `StorageTrouble`.
 */
export async function transact<Value>(
  shelf: Shelf,
  mode: IDBTransactionMode,
  work: (store: IDBObjectStore, done: (value: Value) => void) => void,
): Promise<Value> {
  try {
    const database = await open();
    return await new Promise<Value>((resolve, reject) => {
      const transaction = database.transaction(shelf, mode, { durability: 'strict' });
      let result: { value: Value } | null = null;
      transaction.addEventListener('complete', () => (result ? resolve(result.value) : reject(new Error('nothing was read'))));
      transaction.addEventListener('abort', () => reject(transaction.error ?? new Error('broken off')));
      work(transaction.objectStore(shelf), (value) => {
        result = { value };
      });
    });
  } catch (fault) {
    throw troubleOf(fault);
  }
}

/** Reads one thing from a shelf; null when it is not there. */
export function readFrom<Value>(shelf: Shelf, key: string): Promise<Value | null> {
  return transact<Value | null>(shelf, 'readonly', (store, done) => {
    const request = store.get(key) as IDBRequest<Value | undefined>;
    request.addEventListener('success', () => done(request.result ?? null));
  });
}
