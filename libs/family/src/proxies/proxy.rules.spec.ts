import { describe, expect, it } from '@jest/globals';
import { problemOf, type ProxyWord } from './proxy.rules';

const word = (more: Partial<ProxyWord['input']> = {}, rest: Partial<ProxyWord> = {}): ProxyWord => ({
  input: {
    clientId: 'mother',
    phone: '13811112222',
    name: 'Son',
    relation: 'child',
    scopes: ['see'],
    validUntil: '2027-11-01',
    confirmedHow: 'call',
    ...more,
  },
  today: '2026-11-30',
  now: new Date('2026-11-30T02:00:00Z'),
  isClient: false,
  isProxy: false,
  clientPhones: ['13700000000', null],
  isSelf: false,
  ...rest,
});

describe('a client’s word about who may act for them', () => {
  it.each<[string, ProxyWord, string | null]>([
    ['heard by phone', word(), null],
    ['said in the app', word({ confirmedHow: 'app' }, { isClient: true }), null],
    ['for a year of 366 days', word({ validUntil: '2027-12-01' }), null],
    ['for a day longer', word({ validUntil: '2027-12-02' }), 'proxies/too_long'],
    ['for today', word({ validUntil: '2026-11-30' }), null],
    ['until yesterday', word({ validUntil: '2026-11-29' }), 'proxies/in_the_past'],
    ['about themselves', word({}, { isSelf: true }), 'proxies/to_self'],
    ['with their own phone', word({ phone: '13700000000' }), 'proxies/own_phone'],
    ['recorded by who is to act', word({}, { isProxy: true }), 'proxies/recorded_by_proxy'],
    ['in the app, recorded at the desk', word({ confirmedHow: 'app' }), 'proxies/wrong_confirmation'],
    ['at the counter, recorded by themselves', word({ confirmedHow: 'counter' }, { isClient: true }), 'proxies/wrong_confirmation'],
    ['heard later than now', word({ confirmedAt: '2026-11-30T02:00:01Z' }), 'proxies/confirmed_later'],
  ])('%s', (_, said, expected) => {
    expect(problemOf(said)?.code ?? null).toBe(expected);
  });
});
