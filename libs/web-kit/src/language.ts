/**
 * The first language that a reader wants and that there is: the same language and script, else the same language in another script
 * (`zh-TW` before `zh-Hans` alone). Null when there is none of them. `wanted` is `navigator.languages`.
 */
export function pickLanguage<Known extends string>(wanted: readonly string[], known: readonly Known[]): Known | null {
  const whole = (tag: string) => {
    try {
      return new Intl.Locale(tag).maximize();
    } catch {
      return null;
    }
  };
  for (const tag of wanted) {
    const reader = whole(tag);
    if (!reader) continue;
    const same = known.filter((one) => whole(one)?.language === reader.language);
    const found = same.find((one) => whole(one)?.script === reader.script) ?? same[0];
    if (found) return found;
  }
  return null;
}

/** A language's name in itself. */
export const languageName = (language: string): string => new Intl.DisplayNames(language, { type: 'language' }).of(language) ?? language;
