import { describe, expect, it } from '@jest/globals';
import { firstLoadLimitKb, measureFirstLoad } from '../first-load.mjs';

describe('the first load of the phone', () => {
  const { kb, files } = measureFirstLoad();

  it('weighs no more than the limit', () => expect(kb).toBeLessThanOrEqual(firstLoadLimitKb));

  it('counts the words of the source language and leaves the scanner for later', () => {
    const names = files.map(({ name }) => name).join(' ');
    expect(names).toMatch(/zh-Hans-/);
    expect(names).toMatch(/SignInPage-/);
    expect(names).not.toMatch(/ScanPage|worker/);
  });
});
