import { describe, expect, it } from '@jest/globals';
import { carriedToken, isForeign } from './session-token.rules';

const token = 'a'.repeat(43);
const call = (headers: Record<string, string>, cookies: Record<string, string> = {}) => ({ method: 'PUT', headers, cookies });

describe('the token of a call', () => {
  it("is the bearer's, or the cookie's where there is no header", () => {
    expect(carriedToken(call({ authorization: `bearer ${token}` }), false)).toEqual({ token, fromCookie: false });
    expect(carriedToken(call({}, { timebank_session: token }), false)).toEqual({ token, fromCookie: true });
    expect(carriedToken(call({ authorization: 'Basic x' }, { timebank_session: token }), false)).toBeNull();
    expect(carriedToken(call({}, { timebank_session: 'short' }), false)).toBeNull();
  });

  it('comes under https only from a cookie that is bound to the host', () => {
    expect(carriedToken(call({}, { timebank_session: token }), true)).toBeNull();
    expect(carriedToken(call({}, { '__Host-timebank_session': token }), true)).toEqual({ token, fromCookie: true });
  });
});

describe('a call from another site', () => {
  const foreign = (headers: Record<string, string>, method = 'PUT') =>
    isForeign({ ...call({ host: 'bank.example', ...headers }), method }, 'https://public.example');

  it('is known by what the browser says, where it says something', () => {
    expect(['cross-site', 'same-site', 'same-origin', 'none'].map((site) => foreign({ 'sec-fetch-site': site }))).toEqual([
      true,
      true,
      false,
      false,
    ]);
    expect(['https://elsewhere.example', 'null'].map((origin) => foreign({ origin }))).toEqual([true, true]);
    expect(['https://bank.example', 'https://public.example'].map((origin) => foreign({ origin }))).toEqual([false, false]);
    expect(foreign({})).toBe(false);
  });

  it('may read', () => {
    expect(foreign({ 'sec-fetch-site': 'cross-site' }, 'GET')).toBe(false);
  });
});
