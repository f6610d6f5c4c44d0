import { type DocumentLanguage, documentLanguageFor, documentLanguages, type Language } from '@timebank/contract/client';
import { startReading } from '@timebank/web-kit';
import { computed } from 'vue';
import { useI18n } from 'vue-i18n';
import { RouterLink, useRoute, useRouter } from 'vue-router';
import { connection } from '../shared/connection';
import { keep } from '../shared/display';
import { useWords } from '../shared/words';

/** A page of the forum documents at the desk: its words and links for the reading parts, the language to read in, the question asked. */
export function useDocuments() {
  const { t, sentence } = useWords();
  const { locale } = useI18n();
  const reading = startReading<DocumentLanguage>({
    say: (key, parameters) => (key === 'loading' && connection.away.value ? t('app.awayHere') : t(`documents.${key}`, parameters ?? {})),
    sentence,
    link: RouterLink,
    base: '/console/',
    languages: documentLanguages,
    own: computed(() => documentLanguageFor(locale.value as Language)),
    keep,
    route: useRoute(),
    router: useRouter(),
  });
  return { t, ...reading };
}
