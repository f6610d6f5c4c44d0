import { dayRange } from '@timebank/kernel';
import { computed } from 'vue';
import { useSession } from './session.store';
import { useFilter } from './use-filter';

const isDay = (text: string) => /^[12]\d{3}-\d\d-\d\d$/.test(text) && !Number.isNaN(Date.parse(text));

/** What a list shows, all of it in the address: part of a name, from which day to which, in what order. The server does the rest. */
export function useListView(order = '', orders: readonly string[] = []) {
  const session = useSession();
  const q = useFilter('q');
  const from = useFilter('from');
  const to = useFilter('to');
  const sort = useFilter('sort', order, orders);
  const range = computed(() => ({
    from: isDay(from.value) ? dayRange(from.value, session.timeZone).from.toISOString() : undefined,
    to: isDay(to.value) ? dayRange(to.value, session.timeZone).to.toISOString() : undefined,
  }));
  /** Only the first page asks how many there are, or none where `count` says when. */
  const named = (cursor: string | undefined, count: 'yes' | 'apart' = cursor === undefined ? 'yes' : 'apart') => ({
    cursor,
    q: q.value.slice(0, 100) || undefined,
    count: count === 'yes' ? count : undefined,
  });
  return { q, from, to, sort, range, named, asked: [q, from, to, sort] };
}

export type ListView = ReturnType<typeof useListView>;
