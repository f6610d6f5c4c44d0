import { call, type Queue } from '@timebank/contract/client';
import { isRefused } from '@timebank/web-kit';
import { defineStore } from 'pinia';
import { computed, shallowRef } from 'vue';
import { useSession } from '../shared/session.store';

/** What waits for a decision in this bank: for the lanes and for the navigation. */
export const useQueueCounts = defineStore('queue counts', () => {
  const session = useSession();
  const answered = shallowRef<{ bankId: string; queue: Queue } | null>(null);
  /** As last answered; of another bank nothing is said, also where this one cannot be read now. */
  const queue = computed(() => (answered.value?.bankId === session.bankId ? answered.value.queue : null));
  const total = computed(() => (queue.value === null ? 0 : queue.value.lanes.red + queue.value.lanes.yellow + queue.value.lanes.clean));

  async function refresh(): Promise<void> {
    const bankId = session.bankId;
    if (session.me === null || !session.may('queue.read')) {
      answered.value = null;
      return;
    }
    try {
      const found = await call('queue', { params: { bankId } });
      if (bankId === session.bankId) answered.value = { bankId, queue: found };
    } catch (thrown) {
      if (!isRefused(thrown)) throw thrown;
    }
  }

  return { queue, total, refresh };
});
