import { ref, shallowRef, watch, type Ref, type ShallowRef, type WatchSource } from 'vue';
import { isRefused, type RefusedCall } from '../refusal';

export type Reader<Value> = {
  value: Readonly<ShallowRef<Value | null>>;
  refused: Readonly<Ref<RefusedCall | null>>;
  loading: Readonly<Ref<boolean>>;
  load(): Promise<void>;
};

/** What a reading page shows: loaded at once and again when one of `sources` changes; the old stays meanwhile, a late answer is dropped. */
export function useReader<Value>(sources: WatchSource[], ask: () => Promise<Value>): Reader<Value> {
  const value = shallowRef<Value | null>(null);
  const refused = ref<RefusedCall | null>(null);
  const loading = ref(false);
  let turn = 0;
  async function load(): Promise<void> {
    const mine = (turn += 1);
    loading.value = true;
    try {
      const answer = await ask();
      if (mine !== turn) return;
      value.value = answer;
      refused.value = null;
    } catch (thrown) {
      if (mine !== turn) return;
      if (!isRefused(thrown)) console.error(thrown);
      refused.value = isRefused(thrown) ? thrown : { code: 'service/fault', parameters: {}, path: null, retryAfterSeconds: null };
    } finally {
      if (mine === turn) loading.value = false;
    }
  }
  watch(sources, load);
  void load();
  return { value, refused, loading, load };
}
