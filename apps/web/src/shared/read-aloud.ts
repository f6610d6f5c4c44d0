import { computed, onScopeDispose, ref } from 'vue';
import { useWords } from './words';

/** A voice of the reader's language that speaks on the phone itself: others would send every word that is read to somebody else's server. */
export function voiceFor<Voice extends Pick<SpeechSynthesisVoice, 'lang' | 'localService'>>(
  voices: readonly Voice[],
  locale: string,
): Voice | null {
  const regions: Record<string, RegExp> = { 'zh-Hans': /^(zh|cmn)([-_](CN|SG|Hans)|$)/i, 'zh-Hant': /^(zh|cmn|yue)[-_](TW|HK|Hant)/i };
  const speaks = regions[locale] ?? new RegExp(`^${locale}([-_]|$)`, 'i');
  return voices.find(({ lang, localService }) => localService && speaks.test(lang)) ?? null;
}

/** What a page says, line by line. */
export const linesOf = (text: string): string[] =>
  text
    .split('\n')
    .map((line) => line.trim())
    .filter((line) => line !== '');

/** Reads the page aloud, where the phone has a voice; `canRead` is false where it has none. */
export function useReadAloud() {
  const { locale } = useWords();
  const speech = 'speechSynthesis' in window ? window.speechSynthesis : null;
  const voices = ref<SpeechSynthesisVoice[]>(speech?.getVoices() ?? []);
  const reading = ref(false);
  const voice = computed(() => voiceFor(voices.value, locale.value));
  const hear = () => (voices.value = speech?.getVoices() ?? []);
  speech?.addEventListener?.('voiceschanged', hear);

  function stop(): void {
    reading.value = false;
    speech?.cancel();
  }

  function read(): void {
    if (speech === null || voice.value === null) return;
    stop();
    const lines = linesOf(document.getElementById('main')?.innerText ?? '');
    const said = lines.map((line) =>
      Object.assign(new SpeechSynthesisUtterance(line), { voice: voice.value, lang: voice.value?.lang ?? '', rate: 0.9 }),
    );
    const last = said.at(-1);
    if (!last) return;
    last.onend = () => (reading.value = false);
    reading.value = true;
    for (const line of said) speech.speak(line);
  }

  onScopeDispose(() => {
    speech?.removeEventListener?.('voiceschanged', hear);
    stop();
  });
  return { canRead: computed(() => voice.value !== null), reading, read, stop };
}
