import { call, type Queue } from '@timebank/contract/client';
import { isRefused } from '@timebank/web-kit';
import { defineStore } from 'pinia';
import { computed, ref } from 'vue';
import { useSession } from '../shared/session.store';

/** What waits for a decision in this bank: for the lanes and for the navigation. */
export const useQueueCounts = defineStore('queue counts', () => {
  const session = useSession();
  const queue = ref<Queue | null>(null);
  const total = computed(() => (queue.value === null ? 0 : queue.value.lanes.red + queue.value.lanes.yellow + queue.value.lanes.clean));

  async function refresh(): Promise<void> {
    const bankId = session.bankId;
    if (session.me === null || !session.may('queue.read')) {
      queue.value = null;
      return;
    }
    try {
      const answer = await call('queue', { params: { bankId } });
      if (bankId === session.bankId) queue.value = answer;
    } catch (thrown) {
      if (!isRefused(thrown)) throw thrown;
    }
  }

  return { queue, total, refresh };
});
