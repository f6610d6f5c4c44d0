const eastern = /^[\p{Script=Han}\p{Script=Hangul}\p{Script=Hiragana}\p{Script=Katakana}]/u;

/** A name that a lost phone may show: the first character of a Chinese, Japanese or Korean name, the first word of another. */
export function shortName(name: string): string {
  const [first = ''] = name.normalize('NFC').trim().split(/\s+/u);
  return eastern.test(first) ? `${[...first][0]}*` : first;
}
