import { describe, expect, it } from '@jest/globals';
import { refusals } from '../refusals';
import { isAnswer, meaningOf } from './answers';

const every = [0, ...Array.from({ length: 500 }, (_, index) => 100 + index)];
const saidOf: Record<string, number[]> = {
  'signed out': [401],
  away: [0, 408, 425, 502, 503, 504],
  later: [429],
};
const said = (status: number) => Object.keys(saidOf).find((meaning) => saidOf[meaning]?.includes(status));

describe('what an answer says of a call', () => {
  it('D7: of every status only the server’s own refusal decides', () => {
    const told = (code: string) => every.map((status) => [status, meaningOf({ status, code }), isAnswer({ status, code })]);
    const isOwn = (status: number) => status >= 400 && status < 500;
    expect(told('visits/not_found')).toEqual(
      every.map((status) => [
        status,
        said(status) ?? (isOwn(status) ? 'refused' : 'unknown'),
        isOwn(status) && ![408, 425, 429].includes(status),
      ]),
    );
    expect(told('service/fault')).toEqual(every.map((status) => [status, said(status) ?? 'unknown', false]));
  });

  it('D7: every refusal of the list decides, but for those that ask to come again', () => {
    const open = Object.entries(refusals).filter(([code, status]) => !isAnswer({ status, code }));
    expect(open.filter(([, status]) => ![408, 429, 500, 503].includes(status))).toEqual([]);
    expect(open.map(([code]) => code)).toContain('request/too_slow');
  });
});
