import { stemmer } from 'stemmer';
import functionWords from './function-words.json' with { type: 'json' };

const stops = new Set(functionWords.words);
/** What Korean writes to the end of a word: one after the other they are taken off, as long as a word of two letters is left. */
const particle = new RegExp(`(?<=..)(?:${functionWords.particles.join('|')})$`, 'u');
const segmenter = new Intl.Segmenter('zh', { granularity: 'word' });
/** Runs of one kind of letter within one word of the segmenter: `2025` and the Hangul after it are two. */
const runs = /\p{Script=Hangul}+|[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\u30fc]+|[\p{L}\p{M}\p{N}.,']+/gu;
const hangul = /^\p{Script=Hangul}/u;
const smallKana = /^\p{Script=Hiragana}{1,2}$/u;
const latinWord = /^[a-z]+$/;
/** Nobody would look up a longer word. */
const longestWord = 60;

/** The version of the word splitting: texts split by another version are split again. */
export const wordsVersion = { rules: 1, icu: process.versions.icu, functionWords };

/** Lower case, one width and one form, letter by letter, so that places in the folded text are places in the text. */
export function fold(text: string): string {
  let folded = '';
  for (const letter of text) {
    const plain = letter.normalize('NFKC').toLowerCase();
    folded += plain.length === letter.length ? plain : letter;
  }
  return folded;
}

function withoutParticles(run: string): string {
  const bare = run.replace(particle, '');
  return bare === run ? run : withoutParticles(bare);
}

/** Without a dictionary of Korean, pairs of letters find a word within a longer one. */
function pairsOf(run: string): string[] {
  const letters = [...withoutParticles(run)];
  return letters.slice(1).map((letter, index) => `${letters[index]}${letter}`);
}

function wordsOfRun(run: string): string[] {
  if (stops.has(run) || smallKana.test(run)) return [];
  if (hangul.test(run)) return pairsOf(run).filter((pair) => !stops.has(pair));
  const word = run.replace(/^[.,']+|[.,']+$/g, '').replace(/'s$/, '');
  if (word === '' || stops.has(word)) return [];
  if (latinWord.test(word)) return [stemmer(word)];
  return [/^\d{1,3}(,\d{3})+$/.test(word) ? word.replaceAll(',', '') : word];
}

/**
 * The words of a text by which it is found, in their order and in any of the four languages: Chinese and Japanese as the dictionary
 * of Unicode's ICU takes them apart (UAX 29), Korean in pairs of letters, English by its stems (Porter, 1980). Without function words.
 */
export function wordsOf(text: string): string[] {
  const words: string[] = [];
  for (const { segment, isWordLike } of segmenter.segment(fold(text))) {
    if (!isWordLike) continue;
    for (const [run] of segment.matchAll(runs)) words.push(...wordsOfRun(run));
  }
  return words.map((word) => word.slice(0, longestWord)).filter((word) => word.isWellFormed());
}

/**
 * Where words occur in a text, as `[from, to)`, in order and without overlap. It does not split the text, so it finds a word inside a longer one too.
 */
export function placesOf(words: ReadonlySet<string>, text: string): [number, number][] {
  const folded = fold(text);
  const places: [number, number][] = [];
  for (const match of folded.matchAll(/[a-z]+/g)) {
    if (words.has(stemmer(match[0]))) places.push([match.index, match.index + match[0].length]);
  }
  for (const word of words) {
    if (latinWord.test(word)) continue;
    for (let at = folded.indexOf(word); at >= 0; at = folded.indexOf(word, at + word.length)) places.push([at, at + word.length]);
  }
  const apart: [number, number][] = [];
  for (const [from, to] of places.sort((one, other) => one[0] - other[0] || other[1] - one[1])) {
    const last = apart.at(-1);
    if (last && from <= last[1]) last[1] = Math.max(last[1], to);
    else apart.push([from, to]);
  }
  return apart;
}
