import { isRefused, type RefusedCall } from '@timebank/web-kit';
import { ref, shallowRef } from 'vue';

export type Total = { count: number; isMore: boolean };
type Page<Item> = {
  items: Item[];
  nextCursor: string | null;
  total?: Total | undefined;
  counts?: Record<string, number> | null | undefined;
};

/** Reads a page. Where the list counts apart, `count` asks how many there are instead, with as few rows as may be. */
type Load<Item> = (cursor: string | undefined, limit?: number, count?: 'yes') => Promise<Page<Item>>;

/**
 * A list read page by page. `restart` begins again, for instance after a filter changed; late answers of an older start are dropped. A long list is
 * counted `apart`: nobody waits for its first rows until all of them are counted.
 */
export function useList<Item>(load: Load<Item>, counting: 'with its rows' | 'apart' = 'with its rows') {
  const items = shallowRef<Item[]>([]);
  const nextCursor = ref<string | null>(null);
  const total = ref<Total | null>(null);
  const counts = ref<Record<string, number> | null>(null);
  const busy = ref(false);
  /** Whether what stands there is of an earlier filter. */
  const anew = ref(false);
  const loaded = ref(false);
  const refused = ref<RefusedCall | null>(null);
  let round = 0;
  let start = 0;

  async function read(cursor: string | undefined, before: Item[]): Promise<void> {
    const mine = ++round;
    busy.value = true;
    anew.value = cursor === undefined;
    refused.value = null;
    try {
      const page = await load(cursor);
      if (mine !== round) return;
      items.value = [...before, ...page.items];
      nextCursor.value = page.nextCursor;
      // Comes with the first page; later pages only add rows.
      if (cursor === undefined) begin(page);
      loaded.value = true;
    } catch (thrown) {
      if (!isRefused(thrown)) throw thrown;
      if (mine !== round) return;
      refused.value = thrown;
      // Of a list that begins anew nothing is known: what stood there may belong to another filter.
      items.value = before;
      if (cursor === undefined) [total.value, counts.value, nextCursor.value, loaded.value] = [null, null, null, false];
    } finally {
      if (mine === round) [busy.value, anew.value] = [false, false];
    }
  }

  function begin(page: Page<Item>): void {
    start += 1;
    if (counting === 'with its rows') [total.value, counts.value] = [page.total ?? null, page.counts ?? null];
    else void count(page);
  }

  /** Of what was counted before, the number of all is wrong at once; those of the choices stand until the new ones are here. */
  async function count({ items: first, nextCursor: next }: Page<Item>): Promise<void> {
    const mine = start;
    total.value = next === null ? { count: first.length, isMore: false } : null;
    const counted = await load(undefined, 1, 'yes').catch((thrown: unknown) => {
      if (!isRefused(thrown)) throw thrown;
      return { total: null, counts: null };
    });
    if (mine === start) [total.value, counts.value] = [counted.total ?? total.value, counted.counts ?? null];
  }

  return {
    items,
    nextCursor,
    total,
    counts,
    busy,
    anew,
    loaded,
    refused,
    restart: () => read(undefined, []),
    more: () => (nextCursor.value === null ? Promise.resolve() : read(nextCursor.value, items.value)),
  };
}
