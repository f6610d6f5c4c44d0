import { describe, expect, it } from '@jest/globals';
import type { VisitShown } from './local-visits';
import { stepOf } from './steps.rules';

describe('the steps of a visit', () => {
  it.each([
    ['planned', null],
    ['in_progress', 0],
    ['ended', 0],
    ['ready', 0],
    ['needs_ack', 0],
    ['needs_fix', 0],
    ['approved', 2],
    ['rejected', null],
    ['cancelled', null],
    ['no_show', null],
  ] satisfies [VisitShown['state'], number | null][])('%s: %s', (state, step) => {
    expect(stepOf({ state, capturedIn: '2026-03-02T01:00:00.000Z' })).toBe(step);
  });

  it('never says scanned of times that a person entered', () => {
    expect(stepOf({ state: 'ready', capturedIn: null })).toBeNull();
  });
});
