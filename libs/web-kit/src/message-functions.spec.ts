import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, it } from '@jest/globals';
import { createI18n } from 'vue-i18n';
import { messagesOf, type WrittenWords } from './message-functions';

const folders = ['apps/web/src/locales', 'apps/console/src/locales', 'libs/contract/locales'];
const files = folders.flatMap((folder) => readdirSync(folder).map((name) => `${folder}/${name}`));

/** Every key with its text. */
const textsOf = (words: WrittenWords, before = ''): [string, string][] =>
  Object.entries(words).flatMap(([key, value]) =>
    typeof value === 'string' ? [[`${before}${key}`, value] as [string, string]] : textsOf(value, `${before}${key}.`),
  );

describe('messages without the compiler', () => {
  it.each(files)('%s says what the compiler of vue-i18n makes of it', (file) => {
    const words = JSON.parse(readFileSync(file, 'utf8')) as WrittenWords;
    const speak = (messages: object) => createI18n({ legacy: false, locale: 'xx', messages: { xx: messages as never } }).global;
    const [compiled, made] = [speak(words), speak(messagesOf(words))];
    const differing: string[] = [];
    for (const [key, text] of textsOf(words)) {
      const named = Object.fromEntries([...text.matchAll(/\{(\w+)\}/g)].map(([, place = '']) => [place, `<${place} & more>`]));
      for (const count of [0, 1, 2, 5]) {
        const [expected, found] = [compiled, made].map(({ t }) => (t as (...given: unknown[]) => string)(key, { ...named, count }, count));
        if (expected !== found || found === key) differing.push(`${key}: ${expected} / ${found}`);
      }
    }
    expect(differing).toEqual([]);
  });
});
