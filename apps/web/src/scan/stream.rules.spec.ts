import { describe, expect, it } from '@jest/globals';
import { freshStream, judgeStream, type StreamLook } from './stream.rules';

const moving = (at: number): StreamLook => ({ at, currentTime: at / 1_000, brightest: 200, muted: false });
const kinds: Record<string, (at: number) => StreamLook> = {
  moving,
  'standing still': (at) => ({ ...moving(at), currentTime: 7 }),
  muted: (at) => ({ ...moving(at), muted: true }),
  black: (at) => ({ ...moving(at), brightest: 0 }),
  'dark, with noise': (at) => ({ ...moving(at), brightest: 2 }),
};

/** What is done about a stream that stays as it is for 20 seconds, looked at ten times a second. */
function verdicts(kind: string): string[] {
  const told: string[] = [];
  let health = freshStream(0);
  for (let at = 100; at <= 20_000 && told.at(-1) !== 'give up'; at += 100) {
    const judged = judgeStream(health, (kinds[kind] ?? moving)(at));
    health = judged.health;
    if (judged.verdict !== 'fine') told.push(judged.verdict);
  }
  return told;
}

describe('a stream that the browser calls live', () => {
  it.each([
    ['moving', []],
    ['dark, with noise', []],
    ['standing still', ['restart', 'restart', 'give up']],
    ['muted', ['restart', 'restart', 'give up']],
    ['black', ['restart', 'restart']],
  ])('%s for long: %j', (kind, told) => expect(verdicts(kind)).toEqual(told));

  it('is left alone when it stood for a moment only', () => {
    let health = freshStream(0);
    for (const at of [1_000, 2_000, 2_900]) health = judgeStream(health, { ...moving(at), currentTime: 5 }).health;
    expect(judgeStream(health, moving(2_950)).verdict).toBe('fine');
    expect(judgeStream(judgeStream(health, moving(2_950)).health, { ...moving(5_900), currentTime: 2.95 }).verdict).toBe('fine');
  });
});
