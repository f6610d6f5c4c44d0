import { onScopeDispose, ref, shallowRef, type Ref, type ShallowRef } from 'vue';
import { isRefused, type RefusedCall } from '@timebank/web-kit';

export type LoadedValue<Value> = {
  value: ShallowRef<Value | null>;
  refused: Ref<RefusedCall | null>;
  loading: Ref<boolean>;
  load(): Promise<void>;
};

/** Something a page shows: loaded at once, again on demand, back in view, and back online where it could not be read. The old value stays while loading. */
export function useLoad<Value>(ask: () => Promise<Value>): LoadedValue<Value> {
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
      if (!isRefused(thrown)) console.error(thrown);
      if (mine === turn)
        refused.value = isRefused(thrown) ? thrown : { code: 'service/fault', parameters: {}, path: null, retryAfterSeconds: null };
    } finally {
      if (mine === turn) loading.value = false;
    }
  }
  const onReturn = () => {
    if (document.visibilityState === 'visible') void load();
  };
  const onOnline = () => {
    if (refused.value) void load();
  };
  document.addEventListener('visibilitychange', onReturn);
  window.addEventListener('online', onOnline);
  onScopeDispose(() => {
    document.removeEventListener('visibilitychange', onReturn);
    window.removeEventListener('online', onOnline);
  });
  void load();
  return { value, refused, loading, load };
}
