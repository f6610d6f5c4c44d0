import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { newId } from '@timebank/kernel';
import { PostTransfers } from '@timebank/ledger';
import { openApp, type TestApp, type TestCaller, type TestMember } from '@timebank/testing';

const forms = ['csv', 'xlsx', 'json', 'pdf'] as const;
const media = {
  csv: 'text/csv; charset=utf-8',
  xlsx: 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
  json: 'application/json; charset=utf-8',
  pdf: 'application/pdf',
};

describe('statements over HTTP', () => {
  let city: TestApp;
  let admin: TestCaller;
  let bankId: string;
  let client: TestMember;
  let volunteer: TestMember;
  let coordinator: TestMember;
  let auditor: TestMember;
  let stranger: TestMember;
  let account: string;
  const visitId = newId();

  /** Time that the client gives for a visit. */
  async function serve(creditAccountId: string): Promise<void> {
    const [outcome] = await city.app.get(PostTransfers, { strict: false }).run([
      {
        bankId,
        transferId: newId(),
        debitAccountId: client.accountId,
        creditAccountId,
        minutes: 45,
        kind: 'service',
        class: 'verified',
        visitId,
        reversesId: null,
        memoCode: null,
        actorId: coordinator.memberId,
        effectiveAt: city.clock.now(),
        holdId: null,
        overflow: null,
        cover: null,
      },
    ]);
    if (outcome?.outcome !== 'posted') throw new Error(`the service was ${outcome?.outcome}`);
  }

  beforeAll(async () => {
    city = await openApp();
    admin = await city.signInAsCityAdmin();
    bankId = await city.openBank(admin);
    const bank = `/api/banks/${bankId}`;
    const { fund, pool } = ((await admin.get(bank).expect(200)).body as { accounts: { fund: string; pool: string } }).accounts;
    client = await city.register(admin, bankId, 'client');
    volunteer = await city.register(admin, bankId, 'volunteer');
    coordinator = await city.register(admin, bankId, 'coordinator');
    auditor = await city.register(admin, bankId, 'volunteer');
    await admin.put(`${bank}/roles/${auditor.memberId}/auditor`).expect(201);
    stranger = await city.register(admin, await city.openBank(admin, 'Bell Tower'), 'coordinator');
    account = `${bank}/accounts/${client.accountId}`;
    const move = (caller: TestCaller, body: object) => caller.put(`${bank}/transfers/${newId()}`, body).expect(201);
    await move(admin, { kind: 'grant', fromAccountId: fund, toAccountId: client.accountId, minutes: 300 });
    await move(client.caller, { kind: 'donation', fromAccountId: client.accountId, toAccountId: pool, minutes: 10 });
    await serve(volunteer.accountId);
  });
  afterAll(() => city.close());

  const asFile = (caller: TestCaller, path: string) =>
    caller
      .get(path)
      .buffer(true)
      .parse((response, done) => {
        const chunks: Buffer[] = [];
        response.on('data', (chunk: Buffer) => chunks.push(chunk));
        response.on('end', () => done(null, Buffer.concat(chunks)));
      });

  it('come in four forms, to the owner and to staff, to nobody else, and not at all elsewhere', async () => {
    for (const form of forms) {
      const path = `${account}/statement.${form}`;
      for (const { caller } of [client, coordinator, auditor, { caller: admin }]) {
        await asFile(caller, path).expect(200).expect('content-type', media[form]).expect('cache-control', 'no-store');
      }
      await volunteer.caller.get(path).expect(403);
      await stranger.caller.get(path).expect(404);
      await city.anybody.get(path).expect(401);
      await admin.get(`/api/banks/${bankId}/accounts/${stranger.accountId}/statement.${form}`).expect(404);
    }
    for (const form of forms) {
      const { headers } = await asFile(client.caller, `${account}/statement.${form}`).expect(200);
      const name = `statement-2026-03-01-2026-03-31.${form}`;
      expect(headers['content-disposition']).toContain(`attachment; filename="${name}"; filename*=UTF-8`);
    }
    const paper = await asFile(client.caller, `${account}/statement.pdf`).expect(200);
    expect((paper.body as Buffer).subarray(0, 5).toString()).toBe('%PDF-');
    const book = await asFile(client.caller, `${account}/statement.xlsx`).expect(200);
    expect((book.body as Buffer).subarray(0, 2).toString()).toBe('PK');
  });

  it('open, run and close', async () => {
    const { body } = await client.caller.get(`${account}/statement.json`).expect(200);
    const at = '2026-03-02T01:00:00.000Z';
    expect(body).toMatchObject({
      bank: { bankId, name: 'Drum Tower', timeZone: 'Asia/Shanghai' },
      account: { accountId: client.accountId, kind: 'member', ownerId: client.memberId, ownerName: `client ${client.phone}` },
      period: { from: '2026-03-01', to: '2026-03-31' },
      issuedAt: at,
      openingMinutes: 0,
      entries: [
        { version: 1, kind: 'grant', class: null, minutes: 300, balanceAfterMinutes: 300, otherAccountKind: 'fund', otherName: null, at },
        { version: 2, kind: 'donation', class: null, minutes: -10, balanceAfterMinutes: 290, otherAccountKind: 'pool' },
        { version: 3, kind: 'service', class: 'verified', visitId, minutes: -45, balanceAfterMinutes: 245 },
      ],
      totals: { inMinutes: 300, outMinutes: 55, verifiedInMinutes: 0, verifiedOutMinutes: 45, manualInMinutes: 0, manualOutMinutes: 0 },
      closingMinutes: 245,
      sealAddress: null,
      proof: { format: 'timebank proof 1', checkpoint: null, entries: [{ sealed: null }, { sealed: null }, { sealed: null }] },
    });
    const csv = (await client.caller.get(`${account}/statement.csv`).expect(200)).text.split('\r\n');
    expect(csv[0]?.charCodeAt(0)).toBe(0xfeff);
    expect(csv[1]).toBe('opening,2026-03-01 00:00,,,,,0,,,,,,');
    expect(csv[2]).toMatch(/^entry,2026-03-02 09:00,2026-03-02 09:00,grant,,300,300,fund,,/);
    expect(csv[5]).toBe('closing,2026-04-01 00:00,,,,,245,,,,,,');
  });

  it('cover a month or days, and open where the days before them closed', async () => {
    const february = (await client.caller.get(`${account}/statement.json?month=2026-02`).expect(200)).body as object;
    expect(february).toMatchObject({ period: { from: '2026-02-01', to: '2026-02-28' }, openingMinutes: 0, entries: [], closingMinutes: 0 });
    const day = (await client.caller.get(`${account}/statement.json?from=2026-03-02&to=2026-03-02`).expect(200)).body as object;
    expect(day).toMatchObject({ openingMinutes: 0, closingMinutes: 245 });
    const before = (await client.caller.get(`${account}/statement.json?from=2025-03-02&to=2026-03-01`).expect(200)).body as object;
    expect(before).toMatchObject({ openingMinutes: 0, entries: [], closingMinutes: 0 });
    city.clock.advance(24 * 60);
    const after = (await client.caller.get(`${account}/statement.json?from=2026-03-03&to=2026-03-31`).expect(200)).body as object;
    expect(after).toMatchObject({ openingMinutes: 245, entries: [], closingMinutes: 245 });
    city.clock.advance(-24 * 60);
  });

  it('speak the language that was asked for, else the one that the reader likes', async () => {
    const headOf = async (query: string, liked?: string) => {
      const call = client.caller.get(`${account}/statement.csv${query}`);
      return (await (liked ? call.set('accept-language', liked) : call).expect(200)).text.slice(1).split(',')[0];
    };
    expect(await headOf('')).toBe('line');
    expect(await headOf('?language=en')).toBe('Line');
    expect(await headOf('', 'en-GB,zh;q=0.2')).toBe('Line');
    const chinese = await headOf('?language=zh-Hans', 'en');
    expect(chinese).toMatch(/^\p{Script=Han}$/u);
    expect(await headOf('', 'zh-CN')).toBe(chinese);
    // E8: which form is a switch of its own.
    expect(await headOf('?form=machine', 'zh-CN')).toBe('line');
    expect(await headOf('?form=machine&language=en')).toBe('line');
    expect(await headOf('?form=reader')).toBe(chinese);
    await client.caller.get(`${account}/statement.csv?form=paper`).expect(400);
  });

  it('E6: name in a header of the PDF what no font has of all its names, and cards what none has of the name of the bank', async () => {
    // Of Unicode 15, and like many family names of long ago in no font that may be passed on.
    const [letter, number] = ['\u{31350}', 'U+31350'];
    const stations = await city.openBank(admin, `Old ${letter} Street`);
    const register = async (bank: string, name: string) => {
      const who = { name, birthDate: '1950-02-03', roles: ['client'] };
      return (await admin.put(`/api/banks/${bank}/members/${newId()}`, who).expect(201)).body as { memberId: string; accountId: string };
    };
    const named = await register(bankId, `Li ${letter}`);
    const ofHer = `/api/banks/${bankId}/accounts/${named.accountId}/statement`;
    expect((await admin.get(`${ofHer}.json`).expect(200)).body).toMatchObject({ account: { ownerName: `Li ${letter}` } });
    await asFile(admin, `${ofHer}.pdf`).expect(200).expect('unprintable', number);
    const headers = async () => (await asFile(client.caller, `${account}/statement.pdf`).expect(200)).headers;
    expect(await headers()).not.toHaveProperty('unprintable');
    await serve(named.accountId);
    expect(await headers()).toMatchObject({ unprintable: number });
    const cardsOf = async (bank: string, { memberId }: { memberId: string }) =>
      (await admin.get(`/api/banks/${bank}/members/${memberId}/cards`).expect(200)).body as object;
    expect(await cardsOf(bankId, named)).toMatchObject({ unprintable: [] });
    expect(await cardsOf(stations, await register(stations, 'Li Mei'))).toMatchObject({ unprintable: [letter] });
  });

  it('refuse each wrong choice of days under a code of its own', async () => {
    const wrong: [string, number, string, string][] = [
      ['month=2026-03&from=2026-03-01&to=2026-03-02', 422, 'hours/statement_two_periods', 'query.month'],
      ['from=2026-03-01', 422, 'hours/statement_half_period', 'query.to'],
      ['to=2026-03-01', 422, 'hours/statement_half_period', 'query.from'],
      ['from=2026-03-02&to=2026-03-01', 422, 'hours/statement_wrong_order', 'query.to'],
      ['from=2025-03-01&to=2026-03-02', 422, 'hours/statement_long_period', 'query.to'],
      ['from=2026-03-03&to=2026-03-04', 422, 'hours/statement_in_future', 'query.from'],
      ['month=2026-04', 422, 'hours/statement_in_future', 'query.month'],
      ['month=2026-13', 400, 'request/malformed', 'query.month'],
      ['from=2026-02-30&to=2026-03-01', 400, 'request/malformed', 'query.from'],
      ['from=2026-03-01&to=soon', 400, 'request/malformed', 'query.to'],
      ['language=fr', 400, 'request/malformed', 'query.language'],
      ['year=2026', 400, 'request/malformed', 'query.year'],
    ];
    for (const form of forms) {
      for (const [query, status, code, path] of wrong) {
        const answer = await client.caller.get(`${account}/statement.${form}?${query}`);
        expect([query, answer.status, answer.body]).toEqual([query, status, expect.objectContaining({ code, path })]);
      }
    }
  });
});
