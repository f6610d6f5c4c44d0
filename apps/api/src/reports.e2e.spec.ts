import { readFileSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { CityLiability, Liability } from '@timebank/contract';
import { openTwoBanks, type TwoBanks } from '@timebank/testing';

type Words = Record<'columns' | 'fileNames', Record<string, string>>;

describe('saved time and the fund, over HTTP', () => {
  let banks: TwoBanks;
  beforeAll(async () => {
    banks = await openTwoBanks();
    await banks.befriend();
    await banks.approve([await banks.help(60)]);
  });
  afterAll(() => banks.city.close());

  it('tells a visit between two banks once in the city: care at one bank, earned at the other', async () => {
    const { body } = await banks.admin.get('/api/reports/liability').expect(200);
    const { city, banks: each } = body as CityLiability;
    const of = (bankId: string) => each.find((bank) => bank.bankId === bankId) as Liability;
    const [home, host] = [of(banks.home.bankId), of(banks.host.bankId)];
    expect([home.lastTwelveMonths.earnedMinutes, home.lastTwelveMonths.redeemedMinutes, home.outstandingMinutes]).toEqual([60, 0, 60]);
    expect([host.lastTwelveMonths.earnedMinutes, host.lastTwelveMonths.redeemedMinutes, host.outstandingMinutes]).toEqual([0, 60, 2_940]);
    expect([home.balances.clearingMinutes, host.balances.clearingMinutes]).toEqual([-60, 60]);
    expect(city).toMatchObject({
      outstandingMinutes: 3_000,
      lastTwelveMonths: { earnedMinutes: 60, redeemedMinutes: 60 },
      yearsOfCover: 50,
      balances: { clearingMinutes: 0, sumMinutes: 0 },
    });
    const { body: alone } = await banks.admin.get(`${banks.host.base}/reports/liability`).expect(200);
    expect(alone).toEqual(host);
  });

  it('is a file too, with the same figures, for a bank and for the city', async () => {
    for (const [path, name] of [
      [`${banks.host.base}/reports/liability.csv`, 'saved-time-'],
      ['/api/reports/liability.csv', 'saved-time-city-'],
    ] as const) {
      const { text, headers } = await banks.admin
        .get(path)
        .expect(200)
        .expect('content-type', /text\/csv/);
      expect(headers['content-disposition']).toContain(name);
      expect(text).toMatch(/,outstandingMinutes,2940\r\n/);
      expect(text).toMatch(/,lastTwelveMonths\.redeemedMinutes,60\r\n/);
    }
  });

  it('E8: is for a program where nobody says a language, and for a reader in theirs, by the switches of a statement', async () => {
    const name = /^attachment; filename="(?:saved-time|integrity)[\w-]*\.csv"; filename\*=UTF-8''(\S+)\.csv$/;
    const read = async (path: string, liked?: string) => {
      const call = banks.admin.get(path);
      const { text, headers } = await (liked ? call.set('accept-language', liked) : call).expect(200);
      return { head: text.slice(1).split('\r\n')[0], name: decodeURIComponent(name.exec(headers['content-disposition'] ?? '')?.[1] ?? '') };
    };
    const words = (language: string) => JSON.parse(readFileSync(`libs/contract/locales/reports.${language}.json`, 'utf8')) as Words;
    const heads = (...columns: string[]) =>
      ['zh-Hans', 'en'].map((language) => columns.map((column) => words(language).columns[column]).join());
    const files = words('zh-Hans').fileNames;
    for (const [path, program, [chinese = '', english = ''], file = ''] of [
      [`${banks.host.base}/reports/liability.csv`, 'scope,bankId,on,figure,value', heads('bank', 'on', 'part'), files['saved']],
      ['/api/reports/liability.csv', 'scope,bankId,on,figure,value', heads('bank', 'on', 'part'), files['saved']],
      [
        `${banks.host.base}/reports/integrity.csv`,
        'scope,bankId,from,to,figure,value',
        heads('bank', 'from', 'to', 'part'),
        files['visits'],
      ],
      ['/api/reports/integrity.csv', 'scope,bankId,from,to,figure,value', heads('bank', 'from', 'to', 'part'), files['visits']],
      [`${banks.host.base}/reports/integrity/flags.csv`, 'kind,volunteers,client', heads('kind', 'volunteers', 'client'), files['flags']],
    ] as const) {
      for (const [query, liked, start] of [
        ['', undefined, program],
        ['', '*', program],
        ['?form=machine&language=en', 'zh-CN', program],
        ['', 'zh-CN', chinese],
        ['?form=reader', undefined, chinese],
        ['?language=en', 'zh-CN', english],
      ] as const) {
        const found = await read(`${path}${query}`, liked);
        expect([path, query, found.head?.startsWith(start)]).toEqual([path, query, true]);
        expect(found.name.startsWith(file.split('{')[0] as string)).toBe(start === chinese);
      }
      await banks.admin.get(`${path}?form=paper`).expect(400);
    }
  });

  it('A5: names a bank whose time zone the database does not know, and goes on with all others', async () => {
    const sick = banks.third;
    const outcomes = async () => [
      await banks.admin.get('/api/reports/liability').expect(200),
      await banks.admin.get('/api/reports/integrity').expect(200),
    ];
    const before = await outcomes();
    await banks.city.database.query(`update bank set time_zone = 'CTT' where bank_id = $1`, [sick.bankId]);
    for (const [place, { body }] of (await outcomes()).entries()) {
      expect(body.leftOut).toEqual([{ bankId: sick.bankId, bankName: expect.any(String), timeZone: 'CTT', reason: 'time_zone' }]);
      const others = (before[place] as { body: { banks: { bankId: string }[] } }).body.banks.filter(({ bankId }) => bankId !== sick.bankId);
      expect(body.banks).toEqual(others);
    }
    for (const report of ['liability', 'integrity']) {
      const { text } = await banks.admin.get(`/api/reports/${report}.csv`).expect(200);
      expect(text).toMatch(/leftOut,CTT\r\n/);
      const own = await banks.admin.get(`${sick.base}/reports/${report}`).expect(409);
      expect(own.body).toEqual({ code: 'banks/zone_unreadable', parameters: { timeZone: 'CTT' } });
    }
    const { body: bank } = await banks.admin.get(sick.base).expect(200);
    await banks.admin.patch(sick.base, { version: bank.version, timeZone: 'Asia/Shanghai' }).expect(200);
    expect((await outcomes()).map(({ body }) => body.leftOut)).toEqual([[], []]);
  });

  it('looks back to any day, and refuses one that has not come or is none', async () => {
    const path = `${banks.host.base}/reports/liability`;
    const { body } = await banks.admin.get(`${path}?on=2020-01-01`).expect(200);
    expect(body).toMatchObject({ on: '2020-01-01', outstandingMinutes: 0, balances: { sumMinutes: 0 } });
    const late = await banks.admin.get(`${path}?on=2030-01-01`).expect(422);
    expect(late.body).toMatchObject({ code: 'reports/day_in_future', path: 'query.on' });
    for (const wrong of ['?on=2026-02-30', '?on=yesterday', '?day=2026-03-02']) {
      expect((await banks.admin.get(path + wrong).expect(400)).body).toMatchObject({ code: 'request/malformed' });
    }
  });
});

describe('what is worth a look, over HTTP', () => {
  let banks: TwoBanks;
  beforeAll(async () => {
    banks = await openTwoBanks();
    await banks.befriend();
    await banks.help(60);
  });
  afterAll(() => banks.city.close());

  it('shows figures to who reads reports, hides other banks, and keeps coordinators out', async () => {
    const { host, home, third } = banks;
    for (const path of ['integrity', 'integrity.csv', 'integrity/flags', 'integrity/flags.csv']) {
      await banks.admin.get(`${host.base}/reports/${path}`).expect(200);
      await host.coordinator.caller.get(`${host.base}/reports/${path}`).expect(403);
      await third.coordinator.caller.get(`${host.base}/reports/${path}`).expect(404);
    }
    for (const path of ['integrity', 'integrity.csv']) await host.coordinator.caller.get(`/api/reports/${path}`).expect(403);
    const { body } = await banks.admin.get('/api/reports/integrity').expect(200);
    const visits = (bankId: string) => (body.banks as { bankId: string; visits: number }[]).find((bank) => bank.bankId === bankId)?.visits;
    expect([visits(host.bankId), visits(home.bankId), body.city.visits]).toEqual([1, 0, 1]);
  });

  it('refuses a wrong range, kind, limit or cursor', async () => {
    const path = `${banks.host.base}/reports/integrity`;
    for (const [wrong, code] of [
      ['?from=2026-02-03&to=2026-02-02', 'reports/wrong_order'],
      ['?from=2024-01-01', 'reports/long_range'],
      ['?to=2030-01-01', 'reports/day_in_future'],
      ['?from=1880-01-01&to=1880-01-01', undefined],
      ['?from=soon', 'request/malformed'],
      ['/flags?kind=guilty', 'request/malformed'],
      ['/flags?limit=101', 'request/malformed'],
      ['/flags?cursor=1', 'request/malformed'],
    ] as const) {
      const { body, status } = await banks.admin.get(path + wrong);
      expect([wrong, body.code, status < 500]).toEqual([wrong, code, true]);
    }
  });
});
