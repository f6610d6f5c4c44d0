import type { MemberLine } from '@timebank/contract/client';
import { useAttempt } from '@timebank/web-kit';
import { ref } from 'vue';

/** A page of something with places: acts on it, some after a question, and who is signed up by name. After each it is read again, also where an answer was lost. */
export function usePlaces<Question extends string>(load: () => Promise<unknown>) {
  const acting = useAttempt();
  const asked = ref<Question | null>(null);
  const added = ref<MemberLine | null>(null);
  const adding = ref(false);

  async function act(run: () => Promise<unknown>): Promise<void> {
    const done = await acting.run(run);
    if (!done && !acting.unanswered.value) return;
    asked.value = null;
    await load();
  }
  async function add(put: (memberId: string) => Promise<unknown>): Promise<void> {
    const member = added.value;
    if (!member) return;
    await act(() => put(member.memberId));
    if (acting.refused.value) return;
    added.value = null;
    adding.value = false;
  }
  function ask(question: Question): void {
    asked.value = question as typeof asked.value;
  }
  function leave(): void {
    asked.value = null;
    acting.clear();
  }
  return { acting, asked, added, adding, act, add, ask, leave };
}
