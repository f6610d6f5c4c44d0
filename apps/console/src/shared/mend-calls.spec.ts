import { describe, expect, it } from '@jest/globals';
import { isAnswer } from '@timebank/contract/client';

describe('what a refusal says of a call', () => {
  it.each([400, 401, 403, 404, 409, 413, 415, 422])('D7: %i is the server’s own answer', (status) => {
    expect(isAnswer({ status, code: 'visits/not_found' })).toBe(true);
  });
  it.each([0, 408, 425, 429, 500, 502, 503, 504])('D7: %i leaves open whether it was done, so it goes out again', (status) => {
    expect(isAnswer({ status, code: 'service/fault' })).toBe(false);
  });
  it('D7: a page of something that stands before the server is no answer', () => {
    expect(isAnswer({ status: 403, code: 'service/fault' })).toBe(false);
  });
});
