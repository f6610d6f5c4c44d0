import { describe, expect, it } from '@jest/globals';
import expected from './name-grams.expected.json' with { type: 'json' };
import { gramsOf, soundsLike, wantedBy } from './name-grams.rules';
import { idsMeantBy } from './sought.rules';

/** As the database does it: all pieces, or one sound. */
function finds(name: string, typed: string): boolean {
  const grams = new Set(gramsOf(name));
  const { pieces, sounds, letters } = wantedBy(typed);
  const byName = pieces.length > 0 && pieces.every((piece) => grams.has(piece));
  return byName || (sounds.some((sound) => grams.has(sound)) && soundsLike(name, letters));
}

describe('what a member is found by', () => {
  it.each(expected.found as [string, string[]][])('%s by %j', (name, typed) =>
    expect(typed.filter((text) => !finds(name, text))).toEqual([]),
  );

  // Not in this order, not from the middle of a syllable, another script, and a piece more than there is.
  it.each(expected.notFound as [string, string[]][])('%s not by %j', (name, typed) =>
    expect([...typed, '\ud800', '\ud83d', '\ude00', '\u0000'].filter((text) => finds(name, text))).toEqual([]),
  );

  it('finds one person in traditional and simplified characters by the sound, which is the same', () => {
    expect(expected.sameSound.map((name) => finds(name, 'sunyumei'))).toEqual([true, true]);
  });

  it('looks at letters beyond those that are kept', () => {
    const sounds = ['maimaitiailikuerbanjiang', 'maimaitiailikuerbanjing'];
    expect(sounds.map((sound) => finds(expected.long, sound))).toEqual([true, false]);
  });

  it('keeps few pieces, each once, none longer than the table takes, whatever the name', () => {
    for (const name of [
      expected.pinned,
      expected.surname.repeat(100),
      '\ufdfa'.repeat(100),
      'a'.repeat(100),
      '\u00b7',
      '\ud800',
      expected.many.repeat(7),
    ]) {
      const grams = gramsOf(name);
      expect(new Set(grams).size).toBe(grams.length);
      expect(Math.max(...grams.map((gram) => [...gram].length))).toBeLessThanOrEqual(19);
      expect(grams.length).toBeLessThan(3_000);
    }
    expect(gramsOf(expected.pinned)).toHaveLength(24);
  });
});

describe('what is an id, or the beginning of one', () => {
  it.each([
    ['0197AB3C', ['0197ab3c-0000-0000-0000-000000000000', '0197ab3c-ffff-ffff-ffff-ffffffffffff']],
    ['０１９７ab3c-1', ['0197ab3c-1000-0000-0000-000000000000', '0197ab3c-1fff-ffff-ffff-ffffffffffff']],
    [' 0197ab3c-1111-7222-8333-444455556666 ', Array(2).fill('0197ab3c-1111-7222-8333-444455556666')],
  ])('%s is', (typed, [from, to]) => expect(idsMeantBy(typed)).toEqual({ from, to }));

  it.each(['0197ab3', '0197ab3g', '', '-------', `0197ab3c-1111-7222-8333-4444555566667`, '%', expected.noId])('%s is not', (typed) =>
    expect(idsMeantBy(typed)).toBeNull(),
  );
});
