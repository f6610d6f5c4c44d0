import { describe, expect, it } from '@jest/globals';
import { deepest, excessOf } from './body-text.rules';

describe('what is too much about a text of JSON', () => {
  const nested = (depth: number) => `${'['.repeat(depth)}${']'.repeat(depth)}`;

  it('A1: is found by depth and by number, in lists and in objects', () => {
    expect(excessOf(nested(deepest), 1_000)).toBeNull();
    expect(excessOf(nested(deepest + 1), 1_000)).toBe('too_deep');
    expect(excessOf('[[{"a":'.repeat(11), 1_000)).toBe('too_deep');
    expect(excessOf(JSON.stringify(Array.from({ length: 99 }, () => 1)), 100)).toBeNull();
    expect(excessOf(JSON.stringify(Array.from({ length: 200 }, () => 1)), 100)).toBe('too_many_values');
    expect(excessOf(JSON.stringify(Array.from({ length: 60 }, () => [])), 100)).toBe('too_many_values');
    expect(excessOf(JSON.stringify(Object.fromEntries(Array.from({ length: 200 }, (_, index) => [index, 1]))), 100)).toBe(
      'too_many_values',
    );
  });

  it('A1: is never found in what people write between quotes', () => {
    for (const written of [nested(100), ','.repeat(200), '"[,{'.repeat(50), '\\"['.repeat(50), `${'\\'.repeat(7)}[`, '\u{20bb7}[']) {
      expect(excessOf(JSON.stringify({ [written]: [written, { written }] }), 10)).toBeNull();
    }
  });

  it('A1: is found behind such text too, and a text without an end is the parser\u2019s to refuse', () => {
    expect(excessOf(`["\\\\",${nested(100)}]`, 1_000)).toBe('too_deep');
    expect(excessOf(`["\\"",${nested(100)}]`, 1_000)).toBe('too_deep');
    for (const broken of ['', '"', '"\\', ']]]]', '{"a', nested(3).slice(1)]) expect(excessOf(broken, 1_000)).toBeNull();
  });
});
