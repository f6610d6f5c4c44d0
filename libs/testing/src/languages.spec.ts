import { globSync, readFileSync } from 'node:fs';
import { describe, expect, it } from '@jest/globals';
import { languages } from '@timebank/contract';

type Words = { [key: string]: string | Words };
type Line = [key: string, text: string];

const flat = (words: Words, before = ''): Line[] =>
  Object.entries(words).flatMap(([key, word]) =>
    typeof word === 'string' ? [[before + key, word] as Line] : flat(word, `${before}${key}.`),
  );
const read = (file: string) => flat(JSON.parse(readFileSync(file, 'utf8')) as Words);
/** A time of day is given in both ways, of which each language takes its own. */
const placeholders = (text: string) => [...text.matchAll(/\{(\w+)\}/g)].map(([, name = '']) => (name === 'twelve' ? 'time' : name)).sort();
/** Some languages have forms for one and many; each says the same. */
const forms = (text: string) => text.split(' | ');
const others = languages.filter((language) => language !== 'zh-Hans');
const sources = globSync('{apps,libs}/*/{locales,src/**}/*zh-Hans.json').filter((file) => !/documents\/catalogue|card-words/.test(file));
const files = sources.flatMap((source) => others.map((language) => [language, source.replace('zh-Hans', language), source] as const));

/** Every character that an encoding of two bytes has: what a place's own standard counts as its script. */
function lettersOf(encoding: string): Set<string> {
  const decoder = new TextDecoder(encoding);
  const pairs = Array.from({ length: 0x80 * 0x100 }, (_, at) => [0x80 + (at >> 8), at & 0xff]);
  return new Set(pairs.flatMap((pair) => [...decoder.decode(Uint8Array.from(pair))]));
}
const han = /\p{Script=Han}/gu;
/** How each language may call the others: in their own words. */
const ownNames = new Set(['zh-Hans', 'zh', ...languages].map((one) => new Intl.DisplayNames(one, { type: 'language' }).of(one)));
const said = (file: string) => read(file).filter(([, text]) => !ownNames.has(text));
const written = (language: string) => files.filter(([of]) => of === language).map(([, file]) => file);

describe('the languages of the product', () => {
  it('are in every file of words', () => {
    expect(sources.length).toBe(6);
  });

  it.each(files)('have in %s every word of %s, with the same places in each form', (_language, file, source) => {
    const [lines, wanted] = [read(file), read(source)];
    expect(lines.map(([key]) => key)).toEqual(wanted.map(([key]) => key));
    const odd = lines.filter(([, text], at) => {
      const [first = ''] = forms(wanted[at]?.[1] ?? '');
      const [last = [], ...earlier] = forms(text).map(placeholders).toReversed();
      return (
        earlier.length > 1 ||
        forms(text).some((form) => form.trim() === '') ||
        last.join() !== placeholders(first).join() ||
        // For one thing it may be said without a number.
        earlier.flat().some((name) => !last.includes(name))
      );
    });
    expect(odd).toEqual([]);
  });

  it.each([
    ['zh-Hant', 'big5'],
    ['ja', 'shift_jis'],
  ])('leave in %s no character that %s does not have: it would be of another script', (language, encoding) => {
    const letters = lettersOf(encoding);
    expect(letters.size).toBeGreaterThan(5_000);
    const foreign = written(language)
      .flatMap(said)
      .filter(([, text]) => (text.match(han) ?? []).some((letter) => !letters.has(letter)));
    expect(foreign).toEqual([]);
  });

  it.each(['en', 'ko'])('leave no word of Chinese in %s', (language) => {
    expect(
      written(language)
        .flatMap(said)
        .filter(([, text]) => han.test(text)),
    ).toEqual([]);
  });

  it('are not left in Chinese where Japanese was meant', () => {
    const kana = /[\p{Script=Hiragana}\p{Script=Katakana}]/u;
    const source = new Map(sources.flatMap(read));
    const sentences = written('ja')
      .flatMap(said)
      .filter(([, text]) => text.replaceAll(/\{\w+\}/g, '').length > 12);
    expect(sentences.filter(([key, text]) => !kana.test(text) && source.get(key) === text)).toEqual([]);
    expect(sentences.length).toBeGreaterThan(600);
  });
});
