import { call, type QualificationKind } from '@timebank/contract/client';
import { isRefused } from '@timebank/web-kit';
import { onMounted, shallowRef } from 'vue';
import { useWords } from './words';

const kinds = shallowRef<QualificationKind[] | null>(null);

/** Reads them anew: after one was laid down or changed. */
export async function readQualificationKinds(): Promise<void> {
  kinds.value = (await call('listQualificationKinds', { query: { limit: 200 } })).items;
}

/** The city's kinds of qualification, and what each is called. A code of which nothing is laid down is shown as the product knows it. */
export function useQualificationKinds() {
  const { word, language } = useWords();
  onMounted(async () => {
    if (kinds.value !== null) return;
    await readQualificationKinds().catch((thrown: unknown) => {
      // A page stands without them, by what the product calls them.
      if (!isRefused(thrown)) throw thrown;
    });
  });

  function qualificationName(code: string): string {
    const names = kinds.value?.find((kind) => kind.code === code)?.names;
    return names?.[language.value] ?? names?.['zh-Hans'] ?? word('qualifications', code);
  }
  const options = () => (kinds.value ?? []).map(({ code }) => ({ value: code, text: qualificationName(code) }));
  return { kinds, qualificationName, options };
}
