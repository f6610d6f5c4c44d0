import { describe, expect, it } from '@jest/globals';
import { newsOf, type NewsVisit } from './visit-news.rules';

const visit: NewsVisit = {
  state: 'approved',
  exceptions: [],
  decision: null,
  capturedIn: '2026-03-02T01:00:00.000Z',
  capturedOut: '2026-03-02T02:00:30.000Z',
  creditedMinutes: 60,
};
const decided = (reasonCode: string | null) => ({ reasonCode }) as NewsVisit['decision'];
const found = (code: string, lane: string) => ({ code, lane, parameters: {}, acknowledged: false }) as NewsVisit['exceptions'][number];

describe('what a volunteer is told of a visit', () => {
  it('C8: is nothing where all went as expected, or nobody has decided yet', () => {
    expect(newsOf(visit)).toBeNull();
    expect(newsOf({ ...visit, state: 'ready' })).toBeNull();
    expect(newsOf({ ...visit, decision: decided('related_but_genuine') })).toBeNull();
    expect(newsOf({ ...visit, capturedOut: null, creditedMinutes: 45 })).toBeNull();
  });

  it('C8: is why it was rejected, and by how much it was shortened', () => {
    expect(newsOf({ ...visit, state: 'rejected', decision: decided('duplicate') })).toEqual({ kind: 'rejected', reasonCode: 'duplicate' });
    expect(newsOf({ ...visit, creditedMinutes: 45, decision: decided('left_early') })).toEqual({
      kind: 'shortened',
      reasonCode: 'left_early',
      capturedMinutes: 60,
      creditedMinutes: 45,
    });
    expect(newsOf({ ...visit, creditedMinutes: 45 })).toMatchObject({ kind: 'shortened', reasonCode: null });
  });

  it('C8: is what lacks, not what somebody else will look at', () => {
    const exceptions = [found('MISSING_OUT', 'red'), found('STATIC_ONLY', 'yellow')];
    expect(newsOf({ ...visit, state: 'needs_fix', exceptions })).toEqual({ kind: 'fix', codes: ['MISSING_OUT'] });
  });
});
