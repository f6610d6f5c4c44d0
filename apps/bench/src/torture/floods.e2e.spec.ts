import { describe, expect, it } from '@jest/globals';
import { flood } from './floods';

const minutes = 60_000;

describe('floods of bodies and files', () => {
  it(
    'A1, A3: end nothing, are refused as they should be, and leave everybody else served',
    async () => {
      const report = await flood(400);
      expect(report).toMatchObject({ requests: 400, wrong: [], deaths: 0, kept: 0 });
      expect(Object.keys(report.files).sort()).toEqual(['200', '429']);
    },
    8 * minutes,
  );
});
