import { request as httpRequest } from 'node:http';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { Import } from '@timebank/contract';
import { newId } from '@timebank/kernel';
import { openApp, sendFile, type TestApp, type TestCaller } from '@timebank/testing';
import { strToU8, zipSync } from 'fflate';

describe('bringing in files over HTTP', () => {
  let city: TestApp;
  let admin: TestCaller;
  let volunteer: TestCaller;
  let base: string;
  beforeAll(async () => {
    city = await openApp({ env: { RATE_LIMIT: 'off' } });
    admin = await city.signInAsCityAdmin();
    const bankId = await city.openBank(admin);
    base = `/api/banks/${bankId}`;
    volunteer = (await city.register(admin, bankId, 'volunteer')).caller;
  });
  afterAll(() => city.close());

  const at = ({ importId }: Import, step = '') => `${base}/imports/${importId}${step}`;
  const staged = async (content: string | Buffer, kind?: string) => (await sendFile(admin, base, content, kind).expect(201)).body as Import;

  it('goes from a file to its failed rows, and a second click or a second file adds nothing', async () => {
    const text = 'Name,Birth date,Phone\nLin Yu,1948-05-01,142 0000 9001\nSun,1899-05-01,\n';
    const first = await staged(text);
    expect(first).toMatchObject({
      state: 'queued',
      kind: 'members',
      rows: 2,
      missing: [],
      sample: [
        ['Lin Yu', '1948-05-01', '142 0000 9001'],
        ['Sun', '1899-05-01'],
      ],
    });
    expect((await staged(text)).importId).toBe(first.importId);
    const { body: checked } = await admin.post(at(first, '/dry-run')).expect(200);
    expect(checked).toMatchObject({
      checked: { create: 1, failed: 1 },
      problems: [{ line: 3, field: 'birthDate', code: 'too_early', said: '1899-05-01' }],
    });
    const { body: done } = await admin.post(at(first, '/start')).expect(200);
    const { body: again } = await admin.post(at(first, '/start')).expect(200);
    expect([done.doneRows, again.counts]).toEqual([2, done.counts]);
    const { body: over } = await admin.get(at(first)).expect(200);
    expect(over).toMatchObject({ state: 'done_with_failures', counts: { create: 1, failed: 1 } });
    const { text: failed, headers } = await admin.get(at(first, '/failed.csv')).set('accept-language', 'en').expect(200);
    expect(failed).toBe('\uFEFFName,Birth date,Phone,Reason\r\nSun,1899-05-01,,3: Birth date \u2013 The date is too early\r\n');
    expect(headers['content-disposition']).toMatch(/^attachment; filename="failed-/);
    const second = await staged(text);
    const { body: twice } = await admin.post(at(second, '/start')).expect(200);
    expect(twice.counts).toMatchObject({ create: 0, unchanged: 1, failed: 1 });
    const { body: list } = await admin.get(`${base}/imports?limit=1`).expect(200);
    expect([list.items[0].importId, list.nextCursor === null]).toEqual([second.importId, false]);
  });

  it('gives the members out as CSV and as a workbook that change nothing when they come back, and keeps who took them', async () => {
    const own = {
      name: '=1+1 Aunt',
      birthDate: '1941-02-03',
      roles: ['client'],
      phone: '+81 3 1234 5678',
      homeAddress: 'Lane 5, -2; @home',
      gender: 'woman',
    };
    await admin.put(`${base}/members/${newId()}`, { ...own, circumstances: ['disabled', 'living_alone'], helperWish: 'man' }).expect(201);
    const { text } = await admin.get(`${base}/members.csv?language=ja`).expect(200);
    const { body: workbook } = await admin.get(`${base}/members.xlsx`).responseType('blob').expect(200);
    for (const content of [text, Buffer.from(workbook as Buffer)]) {
      const file = await staged(content);
      const { body: checked } = await admin.post(at(file, '/dry-run')).expect(200);
      expect([file.kind, file.missing, checked.checked]).toEqual([
        'members',
        [],
        { create: 0, update: 0, unchanged: file.rows, skip: 0, failed: 0 },
      ]);
    }
    await volunteer.get(`${base}/members.csv`).expect(403);
    const { body: kept } = await admin.get(`${base}/disclosures`).expect(200);
    expect(kept.items.map(({ kind }: { kind: string }) => kind)).toEqual(['members_list', 'members_list']);
  });

  it('asks who calls, and whether they may, before it reads a byte', async () => {
    const { port } = city.app.getHttpServer().address() as { port: number };
    const answerTo = (token: string | null) =>
      new Promise<number>((resolve, reject) => {
        const headers = {
          'content-type': 'multipart/form-data; boundary=x',
          'content-length': 30_000_000,
          ...(token === null ? {} : { authorization: `Bearer ${token}` }),
        };
        const sent = httpRequest({ port, method: 'POST', path: `${base}/imports`, headers }, (answer) => {
          resolve(answer.statusCode ?? 0);
          sent.destroy();
        });
        sent.on('error', reject);
        sent.write('--x\r\n');
      });
    expect(await answerTo(null)).toBe(401);
    expect(await answerTo(volunteer.token)).toBe(403);
    await sendFile(volunteer, base, 'Name').expect(403);
    await sendFile(admin, `/api/banks/${newId()}`, 'Name').expect(404);
    await volunteer.get(`${base}/imports`).expect(403);
    await sendFile(admin, base, 'Name').set('sec-fetch-site', 'cross-site').expect(415);
  });

  it('answers what is no table with a code, the line and the place, and keeps nothing', async () => {
    const lines: [string | Buffer, string, object][] = [
      ['Name,Birth date\n"open', 'imports/quote_open', { line: 2 }],
      [Buffer.from('Name\nx\0y'), 'imports/nul_byte', { line: 2 }],
      [Buffer.from([0x41, 0xff, 0xff, 0x0a]), 'imports/encoding', {}],
      ['Name,Name\nx,y', 'imports/duplicate_head', { line: 1, head: 'Name' }],
      ['Name,Birth date\n\n,\n', 'imports/no_rows', {}],
      [`Name\n${'x'.repeat(5_001)}`, 'imports/cell_too_long', { line: 2, column: 1 }],
      [`Name\n${','.repeat(100)}x`, 'imports/too_many_columns', { line: 2, mostColumns: 100 }],
      [Buffer.from([0x50, 0x4b, 3, 4, 5]), 'imports/not_a_workbook', {}],
      [Buffer.from(zipSync({ 'xl/workbook.xml': strToU8(' '.repeat(80 * 1_024 * 1_024)) })), 'imports/too_packed', {}],
    ];
    for (const [content, code, parameters] of lines) {
      const { body } = await sendFile(admin, base, content).expect(422);
      expect(body).toEqual({ code, parameters });
    }
    await admin.call('post', `${base}/imports`, {}).expect(415);
    expect((await admin.call('post', `${base}/imports`).expect(400)).body).toMatchObject({ code: 'imports/no_file' });
    expect((await sendFile(admin, base, 'Name', 'cats').expect(400)).body).toMatchObject({ path: 'body.kind' });
    const broken = admin.call('post', `${base}/imports`).set('content-type', 'multipart/form-data; boundary=x').send('--y nothing');
    expect((await broken.expect(400)).body).toMatchObject({ code: 'request/malformed' });
    await admin.get(`${base}/imports/${newId()}`).expect(404);
    await admin.post(`${base}/imports/${newId()}/start`).expect(404);
    const file = await staged('Nothing,Known\n1,2');
    expect((await admin.post(at(file, '/start')).expect(422)).body).toMatchObject({ code: 'imports/column_missing' });
    await admin.post(at(file, '/columns'), { columns: { cats: 0 } }).expect(400);
    await admin.post(at(file, '/columns'), { columns: { minutes: 0 } }).expect(422);
  });
});
