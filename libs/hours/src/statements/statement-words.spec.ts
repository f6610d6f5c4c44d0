import { describe, expect, it } from '@jest/globals';
import { statementWords } from './statement-words';

type Words = { [key: string]: string | Words };

/** Every key with the places of its sentence. */
const keysOf = (words: Words, under = ''): string[] =>
  Object.entries(words).flatMap(([key, value]) =>
    typeof value === 'string' ? [`${under}${key} ${[...value.matchAll(/\{\w+\}/g)].sort().join(' ')}`] : keysOf(value, `${under}${key}.`),
  );

describe('the words of a statement', () => {
  it('are the same in every language, with the same places', () => {
    expect(keysOf(statementWords('en'))).toEqual(keysOf(statementWords('zh-Hans')));
  });
});
