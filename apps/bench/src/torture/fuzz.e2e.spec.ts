import { expect, it } from '@jest/globals';
import { fuzzFreshCity } from './fuzz-city';

/** One seed for every run of the tests, so that a red run is red again; `npm run torture` draws a new one each time. */
const seed = 20_261_123;

it('answers 5,000 random and hostile requests without a fault, and the ledger still sums to zero', async () => {
  const report = await fuzzFreshCity(5_000, seed);
  expect({ seed: report.seed, faults: report.faults.slice(0, 3) }).toEqual({ seed: report.seed, faults: [] });
  expect(report.requests).toBe(5_000);
  // A run that never got past the door would prove nothing.
  expect(report.byStatus['200']).toBeGreaterThan(100);
  expect(report.byStatus['201']).toBeGreaterThan(10);
  expect(report.byStatus['422']).toBeGreaterThan(5);
});
