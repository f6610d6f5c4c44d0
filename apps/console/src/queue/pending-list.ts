import { keepUnder } from '@timebank/web-kit';
import { computed, ref } from 'vue';
import { readPending, type Pending } from './decisions.rules';

/** Decisions on their way, here and in session storage. Those of an earlier page begin as `stuck`: sent or not, nobody knows. */
export function keepPendingList() {
  const storage = keepUnder('timebank.console', () => sessionStorage);
  const list = ref<Pending[]>(readPending(storage.read('decisions')).map((one) => ({ ...one, state: 'stuck' })));
  const byVisit = computed(() => new Map(list.value.flatMap((one) => one.body.visitIds.map((visitId) => [visitId, one] as const))));

  function set(next: Pending[]): void {
    list.value = next;
    storage.write('decisions', next.length === 0 ? null : JSON.stringify(next));
  }

  return {
    list,
    byVisit,
    find: (approvalId: string) => list.value.find((one) => one.approvalId === approvalId),
    add: (one: Pending) => set([...list.value, one]),
    change: (approvalId: string, by: Partial<Pending>) =>
      set(list.value.map((one) => (one.approvalId === approvalId ? { ...one, ...by } : one))),
    drop: (approvalId: string) => set(list.value.filter((one) => one.approvalId !== approvalId)),
    keepOnly: (personId: string) => set(list.value.filter((one) => one.personId === personId)),
  };
}
