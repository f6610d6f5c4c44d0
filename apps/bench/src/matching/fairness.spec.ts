import { describe, expect, it } from '@jest/globals';
import { liveFairYear } from './fairness';

describe('a year of offers by rounds', () => {
  /** As many offers for each as in the figure of the bench, of a smaller bank. */
  const size = { volunteers: 250, requests: 5_000, clients: 100, seed: 5 };
  const year = liveFairYear(size);

  it('leaves nobody whom something fits without an offer for 30 days', () => {
    expect(year.without30Days).toBe(0);
    expect(year.longestDays).toBeLessThan(30);
    expect(year.perVolunteer.least).toBeGreaterThan(0);
  });

  it('puts one of the first five offers to somebody new whenever one is there', () => {
    expect(year.withNewcomers).toBeGreaterThan(100);
    expect(year.keptForNewcomers).toBe(year.withNewcomers);
  });

  it('fills most requests before the desk has to', () => {
    expect(year.filled / size.requests).toBeGreaterThan(0.8);
  });
});
