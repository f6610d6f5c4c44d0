import { computed, onScopeDispose, ref } from 'vue';
import { linesOf, voiceFor } from './read-aloud.rules';
import { useWords } from './words';

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
