import { globSync, readFileSync } from 'node:fs';
import { describe, expect, it } from '@jest/globals';

type Words = { [key: string]: string | Words };

const read = (file: string) => JSON.parse(readFileSync(file, 'utf8')) as Words;
const source = read('apps/console/src/locales/zh-Hans.json');
const shared = { ...read('libs/contract/locales/zh-Hans.json'), reports: read('libs/contract/locales/reports.zh-Hans.json') };

function flat(words: Words, before = ''): [string, string][] {
  return Object.entries(words).flatMap(([key, word]) =>
    typeof word === 'string' ? [[before + key, word] as [string, string]] : flat(word, `${before}${key}.`),
  );
}

describe('the words of the desk', () => {
  it('hide no section of the shared words', () => {
    expect(Object.keys(source).filter((section) => section in shared)).toEqual([]);
  });

  it('exist for every key that a screen asks for', () => {
    const known = new Set([...flat(source), ...flat(shared)].map(([key]) => key));
    const asked = globSync('apps/console/src/**/*.{vue,ts}')
      .filter((file) => !file.endsWith('.spec.ts'))
      .flatMap((file) =>
        [...readFileSync(file, 'utf8').matchAll(/\bt\((?:[^()'`]*\? )?'([\w./-]+)'(?: : '([\w./-]+)')?/g)].flatMap((match) => [
          match[1],
          match[2],
        ]),
      )
      .filter((key): key is string => key !== undefined);
    expect(asked.length).toBeGreaterThan(200);
    expect(asked.filter((key) => !known.has(key))).toEqual([]);
  });
});
