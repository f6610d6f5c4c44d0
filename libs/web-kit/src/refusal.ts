import { CallRefused, isAnswer } from '@timebank/contract/client';
import { computed, getCurrentScope, nextTick, onScopeDispose, ref, type ComputedRef, type Ref } from 'vue';

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
  /** The last try ended without the server's own word: nobody knows whether it was done. */
  unanswered: ComputedRef<boolean>;
  run<Answer>(send: () => Promise<Answer>): Promise<Answer | null>;
  clear(): void;
  /**
   * Whether something may have been done by a try: it was, or no answer came to say so. Waits for a try that is under way. What shows the state that
   * was to be changed is then read anew, also by whoever goes away from a refusal.
   */
  mayBeDone(): Promise<boolean>;
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
  const unanswered = computed(() => refused.value !== null && !(refused.value instanceof CallRefused && isAnswer(refused.value)));
  let isGone = false;
  let isPerhapsDone = false;
  let trying: Promise<unknown> = Promise.resolve();
  if (getCurrentScope()) onScopeDispose(() => (isGone = true));

  async function moveFocus(): Promise<void> {
    await nextTick();
    if (isGone) return;
    const place = scope() ?? document;
    const named =
      field.value === null ? null : place.querySelector<HTMLElement>(`[name="${CSS.escape(field.value)}"], #${CSS.escape(field.value)}`);
    (named ?? place.querySelector<HTMLElement>('[data-refusal]'))?.focus();
  }

  async function tryOnce<Answer>(send: () => Promise<Answer>): Promise<Answer | null> {
    busy.value = true;
    refused.value = null;
    try {
      const answer = await send();
      isPerhapsDone = true;
      return answer;
    } catch (thrown) {
      if (!isRefused(thrown)) console.error(thrown);
      refused.value = isRefused(thrown) ? thrown : { code: 'service/fault', parameters: {}, path: null, retryAfterSeconds: null };
      isPerhapsDone ||= unanswered.value;
      busy.value = false;
      await moveFocus();
      return null;
    } finally {
      busy.value = false;
    }
  }

  return {
    busy,
    refused,
    field,
    unanswered,
    clear: () => {
      refused.value = null;
    },
    run: (send) => {
      if (busy.value) return Promise.resolve(null);
      const tried = tryOnce(send);
      trying = tried;
      return tried;
    },
    mayBeDone: async () => {
      await trying;
      return isPerhapsDone;
    },
  };
}
