import { computed, nextTick, ref, type ComputedRef, type Ref } from 'vue';

/** What a refused call carries, whoever threw it. */
export type RefusedCall = { code: string; parameters: Record<string, unknown>; path: string | null; retryAfterSeconds: number | null };

export function isRefused(thrown: unknown): thrown is RefusedCall {
  return thrown instanceof Error && typeof (thrown as Partial<RefusedCall>).code === 'string' && 'parameters' in thrown;
}

/** The last word of a path: `body.minutes` → `minutes`. Null when a refusal names no field. */
function fieldOf(path: string | null): string | null {
  return path?.split('.').filter((part) => part !== 'body' && part !== 'query' && part !== 'params')[0] ?? null;
}

export type Attempt = {
  busy: Readonly<Ref<boolean>>;
  refused: Ref<RefusedCall | null>;
  field: ComputedRef<string | null>;
  run<Answer>(send: () => Promise<Answer>): Promise<Answer | null>;
  clear(): void;
};

/**
 * One thing a person tries: at most one call under way, the refusal kept beside what was typed. When it is refused,
 * focus goes to the named field (`id` or `name` equals the field) or else to the message (`data-refusal`).
 * A fault that is no refusal is shown as `service/fault` and passed on to the console.
 */
export function useAttempt(scope: () => ParentNode | null = () => document): Attempt {
  const busy = ref(false);
  const refused = ref<RefusedCall | null>(null);
  const field = computed(() => fieldOf(refused.value?.path ?? null));
  async function moveFocus(): Promise<void> {
    await nextTick();
    const place = scope() ?? document;
    const named =
      field.value === null ? null : place.querySelector<HTMLElement>(`[name="${CSS.escape(field.value)}"], #${CSS.escape(field.value)}`);
    (named ?? place.querySelector<HTMLElement>('[data-refusal]'))?.focus();
  }
  return {
    busy,
    refused,
    field,
    clear: () => {
      refused.value = null;
    },
    run: async (send) => {
      if (busy.value) return null;
      busy.value = true;
      refused.value = null;
      try {
        return await send();
      } catch (thrown) {
        if (!isRefused(thrown)) console.error(thrown);
        refused.value = isRefused(thrown) ? thrown : { code: 'service/fault', parameters: {}, path: null, retryAfterSeconds: null };
        busy.value = false;
        await moveFocus();
        return null;
      } finally {
        busy.value = false;
      }
    },
  };
}
