import { describe, expect, it } from '@jest/globals';
import { Turnstile } from './turnstile';

describe('a turnstile', () => {
  it('B7: lets two work at once, three wait, and refuses the sixth at once', async () => {
    const turnstile = new Turnstile(2, 3);
    let inside = 0;
    let most = 0;
    const ends: (() => void)[] = [];
    const work = async () => {
      inside += 1;
      most = Math.max(most, inside);
      await new Promise<void>((resolve) => ends.push(resolve));
      inside -= 1;
    };
    const five = Array.from({ length: 5 }, () => turnstile.pass(work));
    await expect(turnstile.pass(work)).rejects.toMatchObject({ code: 'service/busy' });
    const all = Promise.allSettled(five);
    for (let turn = 0; turn < 5; turn += 1) {
      for (let step = 0; step < 10 && ends.length === 0; step += 1) await Promise.resolve();
      ends.shift()?.();
    }
    expect((await all).map(({ status }) => status)).toEqual(Array(5).fill('fulfilled'));
    expect(most).toBe(2);
    await expect(turnstile.pass(async () => 'in')).resolves.toBe('in');
  });

  it('lets the next in after one that failed', async () => {
    const turnstile = new Turnstile(1, 1);
    await expect(turnstile.pass(() => Promise.reject(new Error('broken')))).rejects.toThrow('broken');
    await expect(turnstile.pass(async () => 'in')).resolves.toBe('in');
  });
});
