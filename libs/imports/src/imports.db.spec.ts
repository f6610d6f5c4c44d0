import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { Import, ImportKind, ImportStartInput } from '@timebank/contract';
import { newId } from '@timebank/kernel';
import { LayGrams, ListMembers } from '@timebank/members';
import { AuditBooks } from '@timebank/reports';
import { openCity, refusal, type TestCity, type TestPerson } from '@timebank/testing';
import {
  CancelImport,
  CheckImport,
  ChooseColumns,
  FailedRows,
  ImportsModule,
  PruneImports,
  ReadImports,
  RunImports,
  StageImport,
  StartImport,
} from '@timebank/imports';

describe('bringing in files', () => {
  let city: TestCity;
  let admin: TestPerson;
  beforeAll(async () => {
    city = await openCity(ImportsModule);
    city.at(0);
    admin = await city.person('coordinator');
  });
  afterAll(() => city.close());

  const stage = (text: string, kind: ImportKind | null = null, name = 'list.csv') =>
    city.get(StageImport).run(admin.actor, city.bankId, { name, bytes: Buffer.from(text) }, kind);
  const read = (importId: string) => city.get(ReadImports).one(city.bankId, importId);
  const check = async (importId: string) => {
    await city.get(CheckImport).run(city.bankId, importId);
    return read(importId);
  };
  const start = (importId: string, input: ImportStartInput = {}) => city.get(StartImport).run(admin.actor, city.bankId, importId, input);
  const go = async (importId: string, input: ImportStartInput = {}): Promise<Import> => {
    await start(importId, input);
    await city.get(RunImports).ofBank(city.bankId);
    return read(importId);
  };
  const bring = async (text: string, kind: ImportKind, input: ImportStartInput = {}) => go(await stage(text, kind), input);
  const failed = async (importId: string) => {
    let text = '';
    for await (const part of await city.get(FailedRows).run(city.bankId, importId, null)) text += part;
    return text;
  };
  const wrong = ({ problems }: Import) => problems.map(({ line, field, code }) => [line, field, code]);
  const count = async (table: string, where = 'true') =>
    Number((await city.one<{ count: string }>(`select count(*) from ${table} where bank_id = $1 and ${where}`, [city.bankId])).count);

  it('registers members once: looked at first, done in the background, and nothing new when the file comes again', async () => {
    const file =
      'Members of the old station,,,,\nNo,Full name,Birth date,Mobile,Role\nA1,Lin Yu,1948-05-01,14200002001,client\n,,,,\n' +
      'A2,Sun Mei,1950/1/2,142 0000 2002,volunteer;client\nA3,Zhou,1899-01-01,,client\nA4,Wu,1949-01-01,12,client\nA5,LIN YU,1948-05-01,14200002009,client\n';
    const importId = await stage(file);
    expect(await stage(file)).toBe(importId);
    const staged = await read(importId);
    expect(staged).toMatchObject({
      kind: 'members',
      state: 'queued',
      encoding: 'utf-8',
      separator: ',',
      rows: 5,
      blankRows: 1,
      missing: [],
    });
    expect(staged.columns).toEqual({ number: 0, name: 1, birthDate: 2, phone: 3, roles: 4 });
    const before = await count('member');
    const checked = await check(importId);
    expect(checked.checked).toEqual({ create: 2, update: 0, unchanged: 0, skip: 0, failed: 3 });
    expect(wrong(checked)).toEqual([
      [6, 'birthDate', 'too_early'],
      [7, 'phone', 'unreadable_phone'],
      [8, 'name', 'twice_in_file'],
    ]);
    expect([await count('member'), checked.problems[2]?.otherLine]).toEqual([before, 3]);
    const done = await go(importId);
    expect(done).toMatchObject({ state: 'done_with_failures', doneRows: 5, counts: { create: 2, failed: 3 } });
    expect(await count('member')).toBe(before + 2);
    expect(await failed(importId)).toBe(
      '\uFEFFNo,Full name,Birth date,Mobile,Role,reason\r\nA3,Zhou,1899-01-01,,client,birthDate: too_early\r\n' +
        'A4,Wu,1949-01-01,12,client,phone: unreadable_phone\r\nA5,LIN YU,1948-05-01,14200002009,client,name: twice_in_file\r\n',
    );
    const again = await go(await stage(file));
    expect([again.counts, await count('member')]).toEqual([{ create: 0, update: 0, unchanged: 2, skip: 0, failed: 3 }, before + 2]);
    await city.get(LayGrams).waiting(city.bankId);
    const { items } = await city.get(ListMembers).run(city.bankId, { limit: 10, q: 'sun' });
    expect(items).toMatchObject([{ name: 'Sun Mei', phone: '14200002002', canSignIn: false, roles: ['client', 'volunteer'] }]);
  });

  it('changes what a file says otherwise, and never a name, a birth date or a number that somebody signs in with', async () => {
    await bring('No,Name,Birth date,Phone,Address\nB1,Gao,1951-01-01,14200003001,Lane 1\nB2,He,1951-01-02,14200003002,', 'members');
    await city.rooms.database.query(
      `update person set sign_in_phone = '14200003002' where person_id = (select person_id from member where bank_id = $1 and name = 'He')`,
      [city.bankId],
    );
    const second = await bring(
      'No,Name,Birth date,Phone,Address,Role\nB1,G.A.O.,1951-01-01,,Lane 2,volunteer\nB2,He,1951-01-02,14200003003,Lane 3,\nB1,Somebody,1951-01-01,,,\nB9,Ma,1951-01-05,,,boss',
      'members',
    );
    expect(second.counts).toEqual({ create: 0, update: 1, unchanged: 0, skip: 0, failed: 3 });
    expect(wrong(second)).toEqual([
      [3, 'phone', 'is_sign_in'],
      [4, 'number', 'number_taken'],
      [5, 'roles', 'unknown_value'],
    ]);
    const gao = await city.one(`select name, phone, home_address as home from member where bank_id = $1 and name = 'Gao'`, [city.bankId]);
    expect(gao).toEqual({ name: 'Gao', phone: '14200003001', home: 'Lane 2' });
    const third = await bring('No,Name,Birth date\nB1,He,1951-01-02', 'members');
    expect([wrong(third), third.problems[0]?.candidates[0]?.name]).toEqual([[[2, 'number', 'another_person']], 'Gao']);
  });

  it('posts an opening balance once for a member, against a control total, and leaves the audit green', async () => {
    await bring('No,Name,Birth date\nC1,Shen,1940-01-01\nC2,Han,1940-01-02\nC3,Han,1940-01-03\nC4,Yang,1940-01-04', 'members');
    const file = 'No,Name,Hours\nC1,Shen,10\nC2,,1.5\n,Han,2\nC4,Yang,0\nC7,,1\n,Shen,3';
    const importId = await stage(file, 'balances');
    await expect(start(importId)).rejects.toMatchObject(refusal('imports/control_total_needed'));
    await expect(start(importId, { controlTotal: 1_000 })).rejects.toMatchObject(
      refusal('imports/control_total_differs', { total: 1_050, controlTotal: 1_000 }),
    );
    const done = await go(importId, { controlTotal: 1_050 });
    expect([done.state, done.counts]).toEqual(['done_with_failures', { create: 2, update: 0, unchanged: 0, skip: 1, failed: 3 }]);
    expect(wrong(done)).toEqual([
      [4, 'name', 'several'],
      [6, 'number', 'not_found'],
      [7, 'number', 'twice_in_file'],
    ]);
    const again = await bring('No,Hours\nC1,10\nC2,2', 'balances', { controlTotal: 720 });
    expect([again.counts.unchanged, wrong(again)]).toEqual([1, [[3, 'hours', 'other_balance']]]);
    const sum = await city.one<{ sum: string }>(`select sum(minutes) from transfer where bank_id = $1 and kind = 'opening'`, [city.bankId]);
    expect(Number(sum.sum)).toBe(690);
    expect((await city.get(AuditBooks).run([city.bankId])).faults).toEqual([]);
  });

  it('gives nobody their own balance, and none above the cap', async () => {
    const own = await city.one<{ number: string }>('select member_number as number from member where member_id = $1', [admin.memberId]);
    const done = await bring(`Number,Minutes\n${own.number},60\nC4,9000000`, 'balances', { controlTotal: 9_000_060 });
    expect(wrong(done)).toEqual([
      [2, 'number', 'own_row'],
      [3, 'minutes', 'above_cap'],
    ]);
  });

  it('keeps past visits as history, which no minutes follow, and the same visit once', async () => {
    const visits = await count('visit');
    const file =
      'Volunteer,Client,Service,Date,Start,End,Minutes\nShen,Yang,Company,2019-03-01,9:00,10:30,\nShen,Yang,Repairs by hand,2019-03-02,,,45\n' +
      'Shen,Yang,Company,2019-03-01,9:00,10:30,\nShen,Shen,Company,2019-03-01,9:00,10:30,\nShen,,Company,2019-03-05,10:00,9:00,\nShen,,Company,tomorrow,,,5';
    const done = await bring(file, 'visits');
    expect(wrong(done)).toEqual([
      [4, null, 'twice_in_file'],
      [5, 'clientName', 'same_person'],
      [6, 'endedAt', 'wrong_order'],
      [7, 'day', 'unreadable_day'],
    ]);
    const rows = await city.rooms.database.query('select service_kind as kind, minutes from former_visit where bank_id = $1 order by day', [
      city.bankId,
    ]);
    expect(rows).toEqual([
      { kind: 'company', minutes: 90 },
      { kind: 'Repairs by hand', minutes: 45 },
    ]);
    const again = await bring(file, 'visits');
    expect([again.counts.create, again.counts.unchanged, await count('former_visit'), await count('visit')]).toEqual([0, 2, 2, visits]);
  });

  it('records relations that wait for a second person, and qualifications', async () => {
    const relations = await bring('No,Other number,Relation\nC1,C4,wife\nC4,C1,spouse\nC1,C2,boss\nC1,C1,child', 'relations');
    expect(relations.counts).toEqual({ create: 1, update: 0, unchanged: 1, skip: 0, failed: 2 });
    expect(await count('relation', `kind = 'spouse' and confirmed_at is null`)).toBe(1);
    const qualifications = await bring(
      'No,Qualification,Valid until\nC1,first_aid,2030-01-01\nC1,First aid,2030-01-01\nC2,???,2030-01-01',
      'qualifications',
    );
    expect(qualifications.counts).toEqual({ create: 1, update: 0, unchanged: 1, skip: 0, failed: 1 });
    const later = await bring('No,Qualification,Valid until\nC1,first_aid,2031-01-01', 'qualifications');
    expect([later.counts.update, await count('qualification', `valid_until = '2031-01-01'`)]).toEqual([1, 1]);
  });

  it('takes nothing while a column is missing, and remembers what was chosen', async () => {
    const importId = await stage('X1,X2\nDeng,1944-04-04');
    await expect(check(importId)).rejects.toMatchObject(refusal('imports/column_missing', { fields: ['name', 'birthDate'] }));
    await city.get(ChooseColumns).run(city.bankId, importId, { columns: { name: 'X1', birthDate: 1 } });
    expect((await check(importId)).checked?.create).toBe(1);
    const other = await read(await stage('X2,X1\n1945-04-04,Luo'));
    expect(other.columns).toEqual({ birthDate: 0, name: 1 });
    const unknown = city.get(ChooseColumns).run(city.bankId, importId, { columns: { name: 'X3' } });
    await expect(unknown).rejects.toMatchObject(refusal('imports/unknown_column'));
    await expect(stage('Name,Name\nx,y')).rejects.toMatchObject(refusal('imports/duplicate_head'));
    await expect(stage('Name,Birth date')).rejects.toMatchObject(refusal('imports/no_rows'));
    await expect(read(newId())).rejects.toMatchObject(refusal('imports/not_found'));
  });

  it('goes on after it was stopped, and doubles nobody', async () => {
    const rows = Array.from({ length: 2_500 }, (_, index) => `D${index},Person D${index},1950-01-01`);
    const importId = await stage(`No,Name,Birth date\n${rows.join('\n')}`);
    await start(importId);
    const before = await count('member');
    await city.get(RunImports).one(city.bankId, importId, { withinMilliseconds: 0 });
    expect(await read(importId)).toMatchObject({ state: 'running', doneRows: 1_000 });
    await city.get(CancelImport).run(city.bankId, importId);
    await city.get(RunImports).ofBank(city.bankId);
    expect([(await read(importId)).state, await count('member')]).toEqual(['cancelled', before + 1_000]);
    await start(importId);
    const [one, other] = [city.get(RunImports).ofBank(city.bankId), city.get(RunImports).ofBank(city.bankId)];
    await one;
    await other;
    expect([(await read(importId)).state, await count('member')]).toEqual(['done', before + 2_500]);
    expect(await count('import_piece', 'done_at is not null')).toBe(0);
  });

  it('forgets rows that were not taken after thirty days', async () => {
    expect(await count('import_problem')).toBeGreaterThan(0);
    city.at(31 * 24 * 60);
    while ((await city.get(PruneImports).run(city.bankId)) > 0);
    expect([await count('import_problem'), await count('import_piece')]).toEqual([0, 0]);
  });
});
