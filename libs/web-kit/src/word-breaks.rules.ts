import chinese from './word-breaks.zh.json' with { type: 'json' };

const han = /^\p{Script=Han}+$/u;
const oneHan = /^\p{Script=Han}$/u;
const beginsLone = /(?:^|[^\p{Script=Han}\s\d])\p{Script=Han}$/u;
const kana = /[\p{Script=Hiragana}\p{Script=Katakana}]/u;
const leans = (word: string) => chinese.leaning.includes(word);
const isPronoun = (word: string) => chinese.pronouns.includes(word);
/** One character by itself: the end of a word that the dictionary does not have, or part of a name. */
const isLone = (word: string) => oneHan.test(word) && !leans(word) && !isPronoun(word);

/** Between two words of Han, of which the first ends `line`. About marks, digits and blanks the browser knows itself. */
function mayBreak(line: string, before: string, word: string, after: string): boolean {
  if (!han.test(before) || !han.test(word) || beginsLone.test(line) || leans(word)) return false;
  if (isPronoun(word)) return han.test(after);
  // A name begins with its surname; any other lone character goes with what was before.
  return !isLone(word) || (chinese.surnames.includes(word) && han.test(after) && !isLone(before));
}

let segmenter: Intl.Segmenter | undefined;

/** Whether Chinese words are to be kept whole in a text, and can be told apart here. */
export const hasChineseWords = (text: string) => /\p{Script=Han}/u.test(text) && !kana.test(text) && 'Segmenter' in Intl;

/** The pieces of a Chinese text between which a line may break: words with what leans on them, and names whole. Joined, they are the text. */
export function piecesOf(text: string): string[] {
  segmenter ??= new Intl.Segmenter('zh-Hans', { granularity: 'word' });
  const words = Array.from(segmenter.segment(text), ({ segment }) => segment);
  const pieces: string[] = [];
  words.forEach((word, index) => {
    const line = pieces.at(-1);
    if (line === undefined || mayBreak(line, words[index - 1] ?? '', word, words[index + 1] ?? '')) pieces.push(word);
    else pieces[pieces.length - 1] = line + word;
  });
  return pieces;
}
