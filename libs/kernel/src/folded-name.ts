// The migration that makes `folded_name` has the same, character by character; a test compares the two.
const blanksAndInvisible =
  '\\u0009-\\u000D\\u0020\\u0085\\u00A0\\u00AD\\u034F\\u061C\\u115F\\u1160\\u1680\\u17B4\\u17B5\\u180B-\\u180F\\u2000-\\u200F\\u2028-\\u202F\\u205F-\\u206F\\u2800\\u3000\\u3164\\uFE00-\\uFE0F\\uFEFF\\uFFA0';
const dots =
  '\\u002E\\u00B7\\u0387\\u0F0B\\u0F0C\\u16EB\\u2022\\u2024\\u2027\\u2218\\u2219\\u22C5\\u25CF\\u25E6\\u2E31\\u2E33\\u3002\\u30FB\\uA78F\\uFE52\\uFF0E\\uFF61\\uFF65';
const apostrophes =
  '\\u0027\\u0060\\u00B4\\u02B9-\\u02BF\\u02C8\\u02CA\\u02CB\\u02EE\\u0384\\u055A\\u05F3\\u07F4\\u07F5\\u1FBD\\u1FBF\\u1FFD\\u1FFE\\u2018-\\u201B\\u2032\\u2035\\uA78B\\uA78C\\uFF07\\uFF40';
const hyphens = '\\u002D\\u058A\\u05BE\\u1806\\u2010-\\u2015\\u2043\\u207B\\u2212\\uFE58\\uFE63\\uFF0D';

/** What does not tell two spellings of a name apart, as the inside of a character class. */
const unspokenCharacters = `${blanksAndInvisible}${dots}${apostrophes}${hyphens}`;
const unspoken = new RegExp(`[${unspokenCharacters}\\u{E0000}-\\u{E0FFF}]`, 'gu');

/** A key is cut here, so that any name fits an index: one character can become eighteen. */
const longestKey = 200;

const oneCase = (text: string) => text.normalize('NFKC').toUpperCase().toLowerCase().replaceAll('\u03C2', '\u03C3').normalize('NFKC');

/**
 * The key that two spellings of one name share: width and presentation forms (NFKC), case, blanks, dots, apostrophes and hyphens of every form do not
 * count. A name of nothing else is its own key.
 */
export function foldName(name: string): string {
  const folded = oneCase(name.replace(unspoken, '')).replace(unspoken, '');
  return [...(folded === '' ? oneCase(name) : folded)].slice(0, longestKey).join('');
}
