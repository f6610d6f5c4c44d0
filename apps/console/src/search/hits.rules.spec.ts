import { describe, expect, it } from '@jest/globals';
import { piecesOfDetail, placeOfHit, screensNamed } from './hits.rules';

const hit = (kind: 'member' | 'visit' | 'request' | 'card' | 'account', given = {}) => ({
  kind,
  id: 'an-id',
  bankId: 'a-bank',
  title: 'Sun Yumei',
  detail: '',
  ...given,
});

describe('what the box finds', () => {
  it('is opened where it is shown, a card with its member', () => {
    expect((['member', 'visit', 'request', 'account'] as const).map((kind) => placeOfHit(hit(kind)))).toEqual([
      '/members/an-id',
      '/visits/an-id',
      '/requests/an-id',
      '/accounts/an-id',
    ]);
    expect(placeOfHit(hit('card', { memberId: 'whose' }))).toBe('/members/whose');
    expect(placeOfHit(hit('card'))).toBe('/members');
  });

  it('is told in pieces', () => {
    expect(piecesOfDetail(hit('visit', { detail: 'planned · 2026-03-02T01:00:00.000Z' }))).toEqual(['planned', '2026-03-02T01:00:00.000Z']);
    expect(piecesOfDetail(hit('member'))).toEqual([]);
  });

  it('are also the screens with that in their names', () => {
    const screens = [{ title: 'Requests' }, { title: 'New request' }, { title: 'Visits' }];
    expect(screensNamed(screens, ' REQUEST ')).toEqual(screens.slice(0, 2));
    expect(screensNamed(screens, '')).toEqual(screens);
    expect(screensNamed(screens, 'nobody')).toEqual([]);
  });
});
