import { foldName } from '@timebank/kernel';
import { pinyin } from 'pinyin-pro';

/** Three syllables of Chinese have at most so many letters, so a whole name of three characters is a piece. */
const longestSound = 18;
/** Later syllables are found by their characters. */
const mostSyllables = 32;

/** Letters as they are typed: without marks above them, and ü, which keyboards write as v, as u. */
const plain = (text: string) => text.normalize('NFD').replace(/\p{M}/gu, '').replace(/v/g, 'u');

/** How a folded name sounds, syllable by syllable; with surnames read as surnames, and where that differs as any other word, too. None without Chinese characters. */
function readings(folded: string): string[][] {
  if (!/\p{Script=Han}/u.test(folded)) return [];
  const read = (surname: 'head' | 'off') =>
    pinyin(folded, { toneType: 'none', type: 'array', surname })
      .map(plain)
      .filter((syllable) => /^[a-z]+$/.test(syllable))
      .slice(0, mostSyllables);
  const [asSurname, asWord] = [read('head'), read('off')];
  return asSurname.join(' ') === asWord.join(' ') ? [asSurname] : [asSurname, asWord];
}

/** From each syllable on: the letters of all, and the initials of all. */
function soundsOf(folded: string): { text: string; isFirst: boolean }[] {
  return readings(folded).flatMap((syllables) =>
    syllables.flatMap((_, from) => {
      const rest = syllables.slice(from);
      const isFirst = from === 0;
      return [
        { text: rest.join(''), isFirst },
        { text: rest.map((syllable) => syllable.charAt(0)).join(''), isFirst },
      ];
    }),
  );
}

/** Each character, and each two side by side. */
function piecesOf(characters: readonly string[]): string[] {
  return characters.flatMap((character, index) => [character, ...(index > 0 ? [`${characters[index - 1]}${character}`] : [])]);
}

/**
 * By what a name is found, each once: `n` and one or two characters of the folded name; `S` and the first letters or initials of how it sounds from
 * the beginning on, `s` from a later syllable on.
 */
export function gramsOf(name: string): string[] {
  const folded = foldName(name);
  const grams = new Set(piecesOf([...folded]).map((piece) => `n${piece}`));
  for (const { text, isFirst } of soundsOf(folded)) {
    for (let length = 1; length <= Math.min(text.length, longestSound); length += 1) {
      if (isFirst || !grams.has(`S${text.slice(0, length)}`)) grams.add(`${isFirst ? 'S' : 's'}${text.slice(0, length)}`);
    }
  }
  return [...grams];
}

/** What somebody typed to find a person: the folded text, the pieces of a name that must all be there, and those of a sound of which one is enough. */
export type NameQuery = { folded: string; pieces: string[]; sounds: string[]; letters: string };

export function wantedBy(text: string): NameQuery {
  const folded = foldName(text);
  const characters = [...folded];
  const pieces = characters.length === 1 ? characters : piecesOf(characters).filter((piece) => [...piece].length === 2);
  const typed = plain(folded);
  const letters = /^[a-z]+$/.test(typed) ? typed : '';
  const sounds = letters === '' ? [] : ['S', 's'].map((kind) => `${kind}${letters.slice(0, longestSound)}`);
  return { folded, pieces: [...new Set(pieces.map((piece) => `n${piece}`))], sounds, letters };
}

/** Whether a sound is longer than what is kept of one. */
export const isCut = (letters: string) => letters.length > longestSound;

/** Whether a name really sounds so from some syllable on. */
export function soundsLike(name: string, letters: string): boolean {
  return letters !== '' && soundsOf(foldName(name)).some(({ text }) => text.startsWith(letters));
}
