import { quoted } from './word-index.rules';

/** A word and the number of texts that contain it. */
export type WordCount = { word: string; texts: number };

export type SearchPlan = {
  /** Words as `tsquery` texts, and how telling each is. */
  queries: string[];
  weights: number[];
  /** Which texts are looked at, as a `tsquery` text, and how many at most. */
  candidates: string;
  mostCandidates: number;
  tellingWords: ReadonlyMap<string, number>;
};

/** Texts that are ranked for one question; it bounds what a question may cost, however common its words are. */
const mostCandidates = 1_000;

/** How telling a word is: the rarer, the more (inverse document frequency, as in Robertson and Spärck Jones). */
const telling = (texts: number, ofTexts: number) => Math.log(1 + (ofTexts - texts + 0.5) / (texts + 0.5));

/**
 * What to search for: texts with any of the rarest words, as many words as stay within the bound together. If even the rarest is too common by
 * itself, texts with all of the words. Null where no word occurs anywhere.
 */
export function planSearch(known: readonly WordCount[], ofTexts: number): SearchPlan | null {
  const words = [...new Map(known.map((word) => [word.word, word])).values()].sort((one, other) => one.texts - other.texts);
  if (words.length === 0) return null;
  const rare: string[] = [];
  let texts = 0;
  for (const word of words) {
    texts += word.texts;
    if (texts > mostCandidates) break;
    rare.push(quoted(word.word));
  }
  const weights = words.map((word) => telling(word.texts, ofTexts));
  return {
    queries: words.map(({ word }) => quoted(word)),
    weights,
    candidates: rare.length > 0 ? rare.join(' | ') : words.map(({ word }) => quoted(word)).join(' & '),
    mostCandidates,
    tellingWords: new Map(words.map(({ word }, index) => [word, weights[index] ?? 0])),
  };
}
