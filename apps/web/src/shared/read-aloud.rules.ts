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
