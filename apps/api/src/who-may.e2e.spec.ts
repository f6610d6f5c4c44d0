import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { paths, permissions, type PermissionName, type RouteName } from '@timebank/contract';
import { newId } from '@timebank/kernel';
import { openApp, type TestApp, type TestCaller } from '@timebank/testing';

/**
 * Who may do what, decided cell by cell and independently of the permission table. Y: gets past the door to anything of the
 * bank. O: gets past it to their own things only. F: 403. H: 404, as if the bank were not there. S: 401.
 */
const people = [
  'anonymous',
  'disabled',
  'volunteer',
  'client',
  'proxy',
  'coordinator',
  'coordinator of another bank',
  'admin',
  'auditor',
  'city admin',
  'city auditor',
] as const;
type Person = (typeof people)[number];

const decided: Record<PermissionName, string> = {
  anyone: '          Y Y Y Y Y Y Y Y Y Y Y',
  'signed in': '       S S Y Y Y Y Y Y Y Y Y',
  staff: '            S S F F F Y Y Y Y Y Y',
  'city.run': '        S S F F F F F F F Y F',
  'city.read': '       S S F F F F F F F Y Y',
  'guests.ask': '      S S O F F F H F F F F',
  'guests.read': '     S S F F F Y H Y Y Y Y',
  'clearing.extend': ' S S F F F F H Y F Y F',
  'banks.read': '      S S Y Y Y Y H Y Y Y Y',
  'banks.change': '    S S F F F F H Y F Y F',
  'roles.grant': '     S S F F F F H Y F Y F',
  'acts.read': '       S S F F F Y H Y Y Y Y',
  'acts.ask': '        S S F F F Y H Y F Y F',
  'policy.read': '     S S F F F Y H Y Y Y Y',
  'policy.change': '   S S F F F F H Y F Y F',
  'members.write': '   S S F F F Y H Y F Y F',
  'members.export': '   S S F F F Y H Y F Y F',
  'members.read': '    S S F F F Y H Y Y Y Y',
  'members.read_one': 'S S O O F Y H Y Y Y Y',
  'members.needs': '   S S F O F Y H Y F Y F',
  'members.see_off': ' S S F F F F H Y F Y F',
  'members.relate': '  S S F F F Y H F F F F',
  'relations.speak': ' S S O O F Y H F F F F',
  'cards.issue': '     S S F F F Y H F F F F',
  'cards.read': '      S S F F F Y H Y Y Y Y',
  'requests.write': '  S S F O O Y H F F F F',
  'requests.read': '   S S Y O O Y H Y Y Y Y',
  'candidates.read': ' S S F F F Y H Y Y Y Y',
  'offers.make': '     S S F F F Y H F F F F',
  'offers.answer': '   S S O F F Y H F F F F',
  'week.read': '       S S F F F Y H Y Y Y Y',
  'series.write': '    S S F O O Y H F F F F',
  'series.read': '     S S O O O Y H Y Y Y Y',
  'series.help': '     S S O F F Y H F F F F',
  'courses.read': '    S S Y F F Y H Y Y Y Y',
  'courses.write': '   S S F F F Y H Y F Y F',
  'courses.run': '     S S F F F Y H F F F F',
  'courses.attend': '  S S O F F Y H F F F F',
  'activities.read': ' S S Y Y F Y H Y Y Y Y',
  'activities.write': 'S S F F F Y H Y F Y F',
  'imports.run': '     S S F F F F H Y F Y F',
  'activities.attend': 'S S O O F Y H F F F F',
  'visits.plan': '     S S O F F Y H F F F F',
  'visits.cancel': '   S S O O O Y H F F F F',
  'visits.rearrange': 'S S F F F Y H F F F F',
  'visits.scan': '     S S O F F F H F F F F',
  'visits.enter': '    S S F F F Y H F F F F',
  'visits.read': '     S S O O O Y H Y Y Y Y',
  'visits.approve': '  S S F F F Y H F F F F',
  'queue.read': '      S S F F F Y H Y Y Y Y',
  'visits.call_back': 'S S F F F Y H F F F F',
  'visits.answer': '   S S F O O F H F F F F',
  'calls.ask': '       S S O O F F H F F F F',
  'appeals.write': '   S S O F F F H F F F F',
  'appeals.read': '    S S F F F Y H Y Y Y Y',
  'appeals.answer': '  S S F F F Y H F F F F',
  'letters.read': '    S S F F F Y H Y Y Y Y',
  'letters.answer': '  S S F F F Y H F F F F',
  'accounts.read': '   S S O O O Y H Y Y Y Y',
  'transfers.write': ' S S O O F F H Y F Y F',
  'ledger.read': '     S S F F F F H Y Y Y Y',
  'reports.read': '    S S F F F F H Y Y Y Y',
  'audit.read': '      S S F F F O H Y Y Y Y',
  'grants.run': '      S S F F F F H Y F Y F',
  'grants.read': '     S S F F F F H Y Y Y Y',
  'calls.take': '      S S F F F Y H F F F F',
  'proxies.write': '   S S F O F Y H F F F F',
  'proxies.read': '    S S F O O Y H Y Y Y Y',
  'proxies.end': '     S S F O O Y H F F F F',
};

/** The cells that may be answered so: whoever gets as far as their own things is still refused another's. */
function cellsAnswered(code: string | null): string {
  const byTheDoor: Record<string, string> = { 'access/not_signed_in': 'S', 'access/not_allowed': 'FO', 'request/not_found': 'H' };
  return byTheDoor[code ?? ''] ?? 'YO';
}

function cellOf(permission: PermissionName, person: Person, path: string): string {
  const cell = decided[permission].trim().split(' ')[people.indexOf(person)] as string;
  // Running the city inside a bank: a stranger to that bank must not learn that it is there.
  return permission === 'city.run' && person === 'coordinator of another bank' && path.includes(':bankId') ? 'H' : cell;
}

describe('who may do what', () => {
  let city: TestApp;
  let bankId: string;
  const callers = new Map<Person, TestCaller>();

  beforeAll(async () => {
    city = await openApp({ env: { RATE_LIMIT: 'off' } });
    const admin = await city.signInAsCityAdmin();
    bankId = await city.openBank(admin);
    const otherBank = await city.openBank(admin, 'Bell Tower');
    // Each person has exactly one role, set past the API: a coordinator of the product is usually a volunteer too.
    const appoint = async (person: Person, role: string, at: string | null, home = bankId) => {
      const member = await city.register(admin, home, 'volunteer');
      await city.database.query('delete from role where member_id = $1', [member.memberId]);
      await city.database.query(
        `insert into role (person_id, bank_id, role, member_id, granted_at) select person_id, $2, $3, $4, now() from member where member_id = $1`,
        [member.memberId, at, role, at === null ? null : member.memberId],
      );
      callers.set(person, member.caller);
      return member;
    };
    callers.set('anonymous', city.anybody);
    callers.set('city admin', admin);
    for (const role of ['volunteer', 'client', 'coordinator', 'admin', 'auditor'] as const) await appoint(role, role, bankId);
    // Somebody who may do all that one may do for a client, and is nothing here themselves.
    const proxy = await appoint('proxy', 'volunteer', bankId);
    await city.database.query('delete from role where member_id = $1', [proxy.memberId]);
    await city.database.query(
      `insert into proxy_role (person_id, bank_id, client_id, scope, proxy_id, ends_at)
       select m.person_id, $1, gen_random_uuid(), scope, gen_random_uuid(), 'infinity'
         from member m, unnest(array['see', 'ask', 'cancel', 'answer', 'be_told', 'give']) scope where m.member_id = $2`,
      [bankId, proxy.memberId],
    );
    await appoint('coordinator of another bank', 'coordinator', otherBank, otherBank);
    await appoint('city auditor', 'auditor', null);
    const barred = await appoint('disabled', 'volunteer', bankId);
    await admin.patch(`/api/banks/${bankId}/members/${barred.memberId}`, { version: 1, disabled: true }).expect(200);
  });
  afterAll(() => city.close());

  it('has a decision for every permission and every kind of person', () => {
    expect(Object.keys(decided).sort()).toEqual(Object.keys(permissions).sort());
    for (const row of Object.values(decided)) expect(row.trim().split(' ')).toHaveLength(people.length);
  });

  // Ending one's sign-ins comes last, or the next cells would be asked by nobody.
  // The figures are for who carries the token, whoever that is; `health.e2e.spec.ts` asks for them.
  const routes = (Object.keys(paths) as RouteName[]).filter((name) => name !== 'metrics');
  const names = routes.sort((left, right) => Number(left.startsWith('signOut')) - Number(right.startsWith('signOut')));

  it.each(names)('%s', async (name) => {
    const [method, path, permission] = paths[name];
    const surprises: { person: Person; cell: string; status: number; code: string | null }[] = [];
    for (const person of people) {
      if (name === 'signOutEverywhere' && person !== 'anonymous' && person !== 'disabled') continue;
      const url = path
        .replace(':bankId', bankId)
        .replace(':role', 'auditor')
        .replace(/:[A-Za-z]+/g, () => newId());
      const verb = method.toLowerCase() as 'get' | 'put' | 'post' | 'patch' | 'delete';
      const { body, status } = await (callers.get(person) as TestCaller).call(
        verb,
        url,
        method === 'GET' || method === 'DELETE' ? undefined : {},
      );
      const cell = cellOf(permission, person, path);
      const code = (body as { code?: string }).code ?? null;
      if (!cellsAnswered(code).includes(cell) || status >= 500) surprises.push({ person, cell, status, code });
    }
    expect(surprises).toEqual([]);
  });
});
