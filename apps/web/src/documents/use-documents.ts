import { computed } from 'vue';
import { RouterLink, useRoute, useRouter } from 'vue-router';
import { type DocumentLanguage, documentLanguageFor, documentLanguages, type Language } from '@timebank/contract/client';
import { startReading } from '@timebank/web-kit';
import { keep } from '../shared/i18n';
import { useWords } from '../shared/words';

/** A page of the forum documents in this app: its words and links for the reading parts, the language to read in, the question asked. */
export function useDocuments() {
  const { t, locale, refusal } = useWords();
  const reading = startReading<DocumentLanguage>({
    say: (key, parameters) => t(`documents.${key}`, parameters ?? {}),
    sentence: refusal,
    link: RouterLink,
    base: '/',
    languages: documentLanguages,
    own: computed(() => documentLanguageFor(locale.value as Language)),
    keep,
    route: useRoute(),
    router: useRouter(),
  });
  return { t, ...reading };
}
