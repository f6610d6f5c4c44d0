import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { newId } from '@timebank/kernel';
import { openApp, type TestApp, type TestCaller, type TestMember } from '@timebank/testing';
import supertest from 'supertest';

const maimaiti = '\u4e70\u4e70\u63d0';
const wide = (text: string) => text.replace(/[!-~]/g, (character) => String.fromCharCode(character.charCodeAt(0) + 0xfee0));

/** Names, phones, passwords and bytes, as people and their machines send them. */
describe('what is typed', () => {
  let city: TestApp;
  let admin: TestCaller;
  let bankId: string;
  let coordinator: TestMember;
  let serial = 0;
  beforeAll(async () => {
    city = await openApp();
    admin = await city.signInAsCityAdmin();
    bankId = await city.openBank(admin);
    coordinator = await city.register(admin, bankId, 'coordinator');
  });
  afterAll(() => city.close());

  const put = (given: object, id = newId()) =>
    coordinator.caller.put(`/api/banks/${bankId}/members/${id}`, {
      name: `Somebody ${(serial += 1)}`,
      birthDate: '1951-02-03',
      roles: ['client'],
      ...given,
    });
  const problemOf = (body: unknown) => body as { code: string; parameters: { problem: string }; path: string };

  it('E1: is one person in every spelling of the name, and found by each', async () => {
    const names = ['\u00b7', '\u2022', '\u30fb', '', ' ', '\u3000'].map((dot) => `${maimaiti}${dot}\u827e\u529b`);
    const { memberId } = (await put({ name: names[0] }).expect(201)).body as { memberId: string };
    for (const name of names) {
      expect((await put({ name }).expect(409)).body).toMatchObject({ code: 'members/duplicate', parameters: { memberId } });
      const { body } = await coordinator.caller.get(`/api/banks/${bankId}/members?search=${encodeURIComponent(name)}`).expect(200);
      expect(body).toMatchObject({ items: [{ memberId, name: names[0] }] });
    }
    await put({ name: 'LI MEI' }).expect(201);
    await put({ name: 'Li\u00a0Mei' }).expect(409);
  });

  it('E2: is refused as a name that hides something or shows nothing, at every door for one line', async () => {
    const bad = ['\u200b', '\u3164', 'Li\u202eMei', 'Li\u001bMei', 'Li\nMei', 'Li\u2028Mei', 'Li\u2066Mei', '\u0301', 'Li\ufffd'];
    const base = `/api/banks/${bankId}`;
    for (const name of bad) {
      const said = problemOf((await put({ name }).expect(400)).body);
      expect([name, said.code, said.path]).toEqual([name, 'request/malformed', 'body.name']);
      await admin.put(`/api/banks/${newId()}`, { name, phone: '025-83330000', timeZone: 'Asia/Shanghai' }).expect(400);
      await admin.patch(base, { version: 1, name }).expect(400);
      await coordinator.caller.patch(`${base}/members/${coordinator.memberId}`, { version: 1, name }).expect(400);
      await coordinator.caller.put(`${base}/displays/${newId()}`, { name }).expect(400);
      await admin
        .put(`${base}/policies/${newId()}`, { key: 'visitCapMinutes', value: 200, validFrom: '2030-01-01', source: name })
        .expect(400);
    }
    const names = ['\u0645\u06d5\u0645\u06d5\u062a', '\u0f56\u0f40\u0fb2\u0f0b\u0f64\u0f72\u0f66', '\uae40\uc601\uc218', '\u{20bb7}\u91ce'];
    for (const name of names) expect((await put({ name: ` \ufeff${name}\u200b` }).expect(201)).body).toMatchObject({ name });
  });

  it('E3: is one number at every door: registration, sign-in, codes and search', async () => {
    const [phone, password] = ['14200001005', 'a password of her own'];
    const { memberId } = (await put({ phone: '142 0000 1005', password, roles: ['volunteer'] }).expect(201)).body as { memberId: string };
    const spellings = [
      phone,
      '142-0000-1005',
      wide(phone),
      '142\u00a00000\u00a01005',
      `\u202d${phone}\u202c`,
      `86${phone}`,
      `+86 ${phone}`,
      `0086${phone}`,
      '(142) 0000.1005',
    ];
    for (const spelling of spellings) {
      expect((await city.anybody.post('/api/sessions', { phone: spelling, password }).expect(201)).body).toMatchObject({
        member: { memberId },
      });
      expect((await put({ phone: spelling, password }).expect(409)).body).toMatchObject({
        code: 'members/phone_in_use',
        parameters: { memberId },
      });
      const { body } = await coordinator.caller.get(`/api/banks/${bankId}/members?search=${encodeURIComponent(spelling)}`).expect(200);
      expect(body).toMatchObject({ items: [{ memberId, phone }] });
    }
    await city.anybody.post('/api/sessions/codes', { phone: '+86 (142) 0000-1005' }).expect(201);
  });

  it('E3: is one landline with and without the country code, and a hotline of a bank', async () => {
    const password = 'a password of his own';
    expect((await put({ phone: '+86 25 8444 0001', password }).expect(201)).body).toMatchObject({ phone: '025-84440001', canSignIn: true });
    await put({ phone: '025-84440001', password }).expect(409);
    await city.anybody.post('/api/sessions', { phone: '+862584440001', password }).expect(201);
    await put({ phone: '12349' }).expect(400);
    for (const [given, phone] of [
      ['12349', '12349'],
      ['400-828-1234', '400-828-1234'],
      [wide('4008281234'), '400-828-1234'],
    ]) {
      const answer = await admin
        .put(`/api/banks/${newId()}`, { name: 'Bell Tower', phone: given, timeZone: 'Asia/Shanghai', sameName: true })
        .expect(201);
      expect(answer.body).toMatchObject({ phone });
    }
  });

  it('E4: opens by one password on every keyboard, and never by blanks', async () => {
    const phone = city.freePhone();
    await put({ phone, password: 'Zo\u00eb und Am\u00e9lie' }).expect(201);
    for (const password of ['Zo\u00eb und Am\u00e9lie', 'Zoe\u0308 und Ame\u0301lie', '\uff3ao\u00eb und Am\u00e9lie']) {
      await city.anybody.post('/api/sessions', { phone, password }).expect(201);
    }
    await city.anybody.post('/api/sessions', { phone, password: 'Zoe und Amelie' }).expect(401);
    for (const password of [' '.repeat(8), '\u3000'.repeat(12), 'a b c d e f g'])
      await put({ phone: city.freePhone(), password }).expect(400);
  });

  it('E5: is refused in bytes that are no UTF-8, and in another charset', async () => {
    const send = (type: string, body: Buffer) =>
      supertest(city.app.getHttpServer())
        .put(`/api/banks/${bankId}/members/${newId()}`)
        .set('authorization', `Bearer ${coordinator.caller.token}`)
        .set('content-type', type)
        .serialize((bytes: unknown) => bytes as string)
        .send(body as unknown as string);
    const named = (name: Buffer) =>
      Buffer.concat([Buffer.from('{"birthDate":"1950-01-01","roles":["client"],"name":"'), name, Buffer.from('"}')]);
    const [gbk, utf8] = [named(Buffer.from([0xcd, 0xf5, 0xb7, 0xbc])), named(Buffer.from('\u738b\u82b3'))];
    for (const type of ['application/json', 'application/json; charset=utf-8']) {
      const answer = await send(type, gbk).expect(400);
      expect(answer.body).toEqual({ code: 'request/malformed', parameters: { problem: 'unreadable_text' }, path: 'body' });
    }
    for (const charset of ['gbk', 'GB18030', '"gb2312"', 'utf-16', 'latin1']) {
      expect((await send(`application/json; charset=${charset}`, utf8).expect(415)).body).toMatchObject({
        code: 'request/unsupported_type',
      });
    }
    for (const tail of [
      [0xed, 0xa0, 0x80],
      [0xc0, 0x80],
      [0xf5, 0x80, 0x80, 0x80],
    ])
      await send('application/json', named(Buffer.from(tail))).expect(400);
    expect((await send('application/json; charset=UTF-8', utf8).expect(201)).body).toMatchObject({ name: '\u738b\u82b3' });
  });

  it('E5: is refused in an address whose escapes are no UTF-8', async () => {
    for (const search of ['%CD%F5', '%FF', '%E7%8E', '%']) {
      const { body } = await coordinator.caller.get(`/api/banks/${bankId}/members?search=${search}`).expect(400);
      expect(problemOf(body)).toMatchObject({ code: 'request/malformed', path: 'query' });
    }
    await coordinator.caller.get(`/api/banks/${bankId}/members?search=%00`).expect(400);
    await coordinator.caller.get(`/api/banks/${bankId}/members?search=%E7%8E%8B+100%25`).expect(200);
  });
});
