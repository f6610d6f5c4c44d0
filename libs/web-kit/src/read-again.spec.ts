import { describe, expect, it } from '@jest/globals';
import { readAgain } from './read-again';

/** How often the same reading is sent again, and how many seconds were waited for it altogether, rounded down. */
async function putOff(status: number, retryAfterSeconds: number | null): Promise<[number, number]> {
  let waited = 0;
  const wait = async (milliseconds: number) => void (waited += milliseconds);
  let before = 1;
  while (await readAgain({ status, retryAfterSeconds }, before, wait)) before += 1;
  return [before - 1, Math.floor(waited / 1_000)];
}

describe('a reading that was refused for want of time', () => {
  it.each([
    [429, 1, [2, 2]],
    [503, 1, [2, 2]],
    [503, 2, [1, 2]],
    [429, 3, [1, 3]],
    [429, 4, [0, 0]],
    [429, null, [0, 0]],
    [403, 1, [0, 0]],
    [500, 1, [0, 0]],
    [0, null, [0, 0]],
  ] as const)('%i with retry-after %p', async (status, retryAfterSeconds, expected) =>
    expect(await putOff(status, retryAfterSeconds)).toEqual(expected),
  );
});
