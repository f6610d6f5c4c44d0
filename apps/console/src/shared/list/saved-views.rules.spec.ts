import { describe, expect, it } from '@jest/globals';
import { readViews, withView } from './saved-views.rules';

const view = (name: string, query = '') => ({ name, query });

describe('views of a list', () => {
  it('are read from what was kept; anything else is none', () => {
    expect(readViews(null)).toEqual([]);
    expect(readViews('{')).toEqual([]);
    expect(readViews('{"name":"x"}')).toEqual([]);
    expect(readViews(JSON.stringify([view('Mine', 'role=client'), { name: 3 }, null]))).toEqual([view('Mine', 'role=client')]);
  });

  it('take the place of one of the same name, and are twelve at most', () => {
    expect(withView([view('a', 'old'), view('b')], view('a', 'new'))).toEqual([view('b'), view('a', 'new')]);
    const twelve = Array.from({ length: 12 }, (_, index) => view(String(index)));
    expect(withView(twelve, view('one more')).map(({ name }) => name)).toEqual([...twelve.slice(1).map(({ name }) => name), 'one more']);
  });
});
