import { expect, it } from '@jest/globals';
import { shortenName } from './request-terms.rules';

it.each([
  ['Anna Schmidt', 'A*'],
  ['\u738b\u5c0f\u660e', '\u738b*'],
  ['\ud83d\udc69\u200d\ud83d\udd27 Kim', '\ud83d\udc69\u200d\ud83d\udd27*'],
])('%s is %s to a volunteer who has not taken the request', (name, short) => {
  expect(shortenName(name)).toBe(short);
});
