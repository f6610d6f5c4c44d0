import { describe, expect, it } from '@jest/globals';
import { paths, permissions, proxyRoutes, type ProxyScope, type RouteName } from '@timebank/contract';
import { sayFor, type Standing } from './act-for.rules';

const alone: Standing = { standsAlone: false, isStaff: false, isHelper: false, isReading: true, by: 'visit' };
const role = (scope: ProxyScope, clientId = 'mother') => ({ bankId: 'bank', clientId, scope });

describe('for whom a call is', () => {
  it.each<[string, Parameters<typeof sayFor>, object]>([
    ['for the client, within the scope', ['see', [role('see')], 'mother', alone], { forClient: 'mother' }],
    ['not beyond it', ['cancel', [role('see')], 'mother', { ...alone, isReading: false }], { refused: 'proxies/not_in_scope' }],
    ['as a stranger to anybody else', ['see', [role('see')], 'father', alone], { refused: 'visits/not_found' }],
    ['for the only client, where a list does not say', ['see', [role('see')], null, { ...alone, by: 'query' }], { forClient: 'mother' }],
    [
      'for nobody, where there are two',
      ['see', [role('see'), role('see', 'father')], null, { ...alone, by: 'query' }],
      { refused: 'proxies/say_for_whom' },
    ],
    [
      'as oneself, where one has a list of one’s own',
      ['see', [role('see')], null, { ...alone, by: 'query', standsAlone: true }],
      { forClient: null },
    ],
    ['as staff', ['cancel', [role('cancel')], 'mother', { ...alone, isStaff: true, standsAlone: true }], { forClient: null }],
    [
      'as the helper, who calls off their own visit',
      ['cancel', [role('cancel')], 'mother', { ...alone, isHelper: true, standsAlone: true }],
      { forClient: null },
    ],
    [
      'never as the helper, about the own visit',
      ['answer', [role('answer')], 'mother', { ...alone, isHelper: true, standsAlone: true }],
      { refused: 'proxies/own_visit' },
    ],
    ['as a volunteer, who may read it anyway', ['see', [role('ask')], 'mother', { ...alone, standsAlone: true }], { forClient: null }],
  ])('%s', (_, given, expected) => {
    expect(sayFor(...given)).toEqual(expected);
  });

  it('names every route that the permission table opens to proxies, or it is closed by what it is', () => {
    const open = (Object.keys(paths) as RouteName[]).filter((name) => (permissions[paths[name][2]] as readonly string[]).includes('proxy'));
    expect(open.filter((name) => !(name in proxyRoutes))).toEqual(['showGiving', 'transferProof']);
    expect(Object.keys(proxyRoutes).filter((name) => !open.includes(name as RouteName))).toEqual([]);
  });
});
