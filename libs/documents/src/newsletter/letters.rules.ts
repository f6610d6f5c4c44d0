/** Characters of Japanese writing, with its punctuation and wide forms: no space stands beside them. */
const wide = /[\u3000-\u30ff\u3190-\u319f\u31f0-\u33ff\u3400-\u9fff\uf900-\ufaff\uff00-\uffef]|\p{Script=Han}/u;
const kana = /[\u3041-\u3096\u30a1-\u30fa\u30fc]/;
const ideographicSpace = '\u3000';

export const isWide = (character: string | undefined) => character !== undefined && wide.test(character);

/** The whole character that ends before, or begins at, a place in a text. */
export const characterBefore = (text: string, at: number) => {
  const unit = text.charCodeAt(at - 1);
  return unit >= 0xdc00 && unit <= 0xdfff ? text.slice(Math.max(0, at - 2), at) : text.slice(Math.max(0, at - 1), at);
};
export const characterAt = (text: string, at: number) => {
  const point = text.codePointAt(at);
  return point === undefined ? '' : String.fromCodePoint(point);
};

/** The language of a text by its own characters: kana make it Japanese, as do more Chinese characters than Latin letters. */
export function languageOf(text: string, otherwise: 'ja' | 'en'): 'ja' | 'en' {
  if (kana.test(text)) return 'ja';
  const count = (script: RegExp) => text.match(script)?.length ?? 0;
  const [chinese, latin] = [count(/\p{Script=Han}/gu), count(/\p{Script=Latin}/gu)];
  if (chinese === latin) return otherwise;
  return chinese > latin ? 'ja' : 'en';
}

const closing = new Set('"\'\u201d\u2019\u00bb)]}\u300d\u300f\u3011\uff09\uff3d\uff02');
const stops = new Set('.!?\u2026\u3002\uff0e\uff01\uff1f\uff61');

/** Whether a text ends with the end of a sentence, quotes and brackets behind it set aside. */
export function endsSentence(text: string): boolean {
  let end = text.length;
  while (end > 0 && (closing.has(text[end - 1] as string) || text[end - 1] === ' ')) end -= 1;
  return end > 0 && stops.has(text[end - 1] as string);
}

/** White space as typeset: none beside a Japanese character, one space between other words, one ideographic space where there was one. */
export function settleSpaces(text: string): string {
  const settled = text.trim().replaceAll('\u00ad', '');
  return settled.replace(/\s+/g, (white, at: number) => {
    const [before, after] = [isWide(characterBefore(settled, at)), isWide(characterAt(settled, at + white.length))];
    if (before && after) return white.includes(ideographicSpace) ? ideographicSpace : '';
    return before || after ? '' : ' ';
  });
}
