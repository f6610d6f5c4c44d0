import { readFileSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { AccessModule, type Actor } from '@timebank/access';
import { BanksModule, PutBank } from '@timebank/banks';
import type { MemberInput } from '@timebank/contract';
import { newId } from '@timebank/kernel';
import { FindNamed, LayGrams, ListMembers, MembersModule, PatchMember, PutMember, SearchBanks } from '@timebank/members';
import { openRooms, type TestRooms } from '@timebank/testing';
import { Client } from 'pg';
import { gramsOf } from './name-grams.rules';

describe('members whom the desk looks for', () => {
  let rooms: TestRooms;
  let opened = 0;
  const city: Actor = { personId: newId(), roles: [{ role: 'admin', bankId: null, memberId: null }] };
  beforeAll(async () => {
    rooms = await openRooms([AccessModule.forRoot({ secretKey: 'x'.repeat(32) }), BanksModule, MembersModule]);
  });
  afterAll(() => rooms.close());

  async function openBank(name = `Bank ${(opened += 1)}`): Promise<string> {
    const id = newId();
    await rooms.get(PutBank).run(id, { name, phone: '025-83330000', timeZone: 'Asia/Shanghai' });
    return id;
  }
  const put = async (bankId: string, name: string, given: Partial<MemberInput> = {}) =>
    (await rooms.get(PutMember).run(bankId, newId(), { name, birthDate: '1950-02-03', roles: ['volunteer'], ...given })).value;
  const staffOf = (...bankIds: string[]): Actor => ({
    personId: newId(),
    roles: bankIds.map((bankId) => ({ role: 'coordinator' as const, bankId, memberId: newId() })),
  });
  const found = async (actor: Actor, text: string) => (await rooms.get(SearchBanks).run(actor, text)).items.map(({ title }) => title);
  const gramsIn = async (memberId: string) =>
    (await rooms.database.query<{ gram: string }>('select gram from member_gram where member_id = $1 order by gram', [memberId])).map(
      ({ gram }) => gram,
    );
  /** The order of the database: by bytes. */
  const sorted = (grams: string[]) => grams.sort((left, right) => Buffer.compare(Buffer.from(left), Buffer.from(right)));

  it('are found in every spelling, the best first, each with the number and the last digits of the phone', async () => {
    const bank = await openBank();
    const staff = staffOf(bank);
    const wanted = await put(bank, '\u5b59\u7389\u6885', { phone: '14200001005' });
    for (const name of [
      '\u5b59\u7389\u6885\u82b1',
      '\u5927\u5b59\u7389\u6885',
      '\u5355\u96c4\u4fe1',
      '\u5b59\u609f\u7a7a',
      'Sunny Day',
      '\u5415\u5e03',
    ])
      await put(bank, name);
    const spellings = [
      '\u5b59\u7389',
      '\u7389\u6885',
      '\u5b59\u7389\u6885',
      'sym',
      'SYM',
      'ｓｙｍ',
      'sunyumei',
      'Sun Yumei',
      'yumei',
      'ym',
      wanted.memberNumber,
      '1420',
    ];
    for (const text of [...spellings, '142 0000 1005', '+86 142', '0086142', '１４２', '14200001005'])
      expect([text, (await found(staff, text))[0]]).toEqual([text, '\u5b59\u7389\u6885']);
    expect(await found(staff, '\u5b59')).toEqual([
      '\u5b59\u609f\u7a7a',
      '\u5b59\u7389\u6885',
      '\u5b59\u7389\u6885\u82b1',
      '\u5927\u5b59\u7389\u6885',
    ]);
    expect(await found(staff, 'sun')).toEqual([
      'Sunny Day',
      '\u5b59\u609f\u7a7a',
      '\u5b59\u7389\u6885',
      '\u5b59\u7389\u6885\u82b1',
      '\u5927\u5b59\u7389\u6885',
    ]);
    expect([await found(staff, 'shan'), await found(staff, 'lv'), await found(staff, 'lübu')]).toEqual([
      ['\u5355\u96c4\u4fe1'],
      ['\u5415\u5e03'],
      ['\u5415\u5e03'],
    ]);
    expect([await found(staff, '\u5b6b\u7389\u6885'), await found(staff, 'umei'), await found(staff, '\u6885\u5b59')]).toEqual([
      [],
      [],
      [],
    ]);
    const { items } = await rooms.get(SearchBanks).run(staff, '\u5b59\u7389\u6885');
    expect(items[0]).toEqual({
      kind: 'member',
      id: wanted.memberId,
      bankId: bank,
      title: '\u5b59\u7389\u6885',
      detail: `${wanted.memberNumber} · 1005`,
    });
  });

  it('are found by initials and pinyin in lists too', async () => {
    const bank = await openBank();
    const { memberId } = await put(bank, '\u8d75\u5c0f\u71d5');
    await put(bank, '\u94b1\u5927');
    expect(await rooms.get(FindNamed).run(bank, 'zxy')).toMatchObject({ memberIds: [memberId] });
    for (const sort of ['name', 'newest'] as const)
      expect((await rooms.get(ListMembers).run(bank, { limit: 50, q: 'xiaoyan', sort, count: 'yes' })).items).toMatchObject([{ memberId }]);
    expect(await rooms.get(ListMembers).run(bank, { limit: 50, q: 'zhao', count: 'yes' })).toMatchObject({ total: { count: 1 } });
  });

  it('are never those of another bank, and those of both banks for who works in both', async () => {
    const [here, there, elsewhere] = [await openBank('Here'), await openBank('There'), await openBank('Elsewhere')];
    for (const bank of [here, there, elsewhere]) await put(bank, '\u5468\u800c\u590d\u59cb', { phone: '14200002000' });
    for (const text of ['\u5468\u800c', 'zefs', 'zhouer', '14200002']) {
      const banksOf = async (actor: Actor) => (await rooms.get(SearchBanks).run(actor, text)).items.map(({ bankId }) => bankId).sort();
      expect(await banksOf(staffOf(here))).toEqual([here]);
      expect(await banksOf(staffOf(here, there))).toEqual([here, there].sort());
      expect(await banksOf(city)).toEqual([here, there, elsewhere].sort());
    }
    expect(await found({ personId: newId(), roles: [] }, '\u5468\u800c')).toEqual([]);
  });

  it('are found by a new name and no more by the old one, as soon as it is written', async () => {
    const bank = await openBank();
    const { memberId } = await put(bank, '\u90d1\u65e7\u540d');
    await rooms.get(PatchMember).run(city, bank, memberId, { version: 1, name: '\u90d1\u65b0\u540d', reasonCode: 'typo' });
    expect(await gramsIn(memberId)).toEqual(sorted(gramsOf('\u90d1\u65b0\u540d')));
    for (const [text, names] of [
      ['\u65e7\u540d', []],
      ['jiuming', []],
      ['zjm', []],
      ['\u65b0\u540d', ['\u90d1\u65b0\u540d']],
      ['zxm', ['\u90d1\u65b0\u540d']],
    ] as const)
      expect([text, await found(staffOf(bank), text)]).toEqual([text, names]);
    await rooms.get(PatchMember).run(city, bank, memberId, { version: 2, phone: '14200003000' });
    expect(await gramsIn(memberId)).toEqual(sorted(gramsOf('\u90d1\u65b0\u540d')));
  });

  it('are found by the name alone until it is taken apart, whoever wrote it', async () => {
    const bank = await openBank();
    const staff = staffOf(bank);
    const { memberId } = await put(bank, '\u51af\u624b\u5199');
    await rooms.database.query(`update member set name = '\u51af\u4eb2\u7b14' where member_id = $1`, [memberId]);
    expect(await gramsIn(memberId)).toEqual(['']);
    expect([
      await found(staff, '\u4eb2'),
      await found(staff, '\u624b\u5199'),
      await found(staff, 'fqb'),
      await found(staff, 'fsx'),
    ]).toEqual([['\u51af\u4eb2\u7b14'], [], [], []]);
    expect(await rooms.get(LayGrams).waiting(bank)).toBe(1);
    expect([await found(staff, '\u4eb2'), await found(staff, 'fqb'), await rooms.get(LayGrams).waiting(bank)]).toEqual([
      ['\u51af\u4eb2\u7b14'],
      ['\u51af\u4eb2\u7b14'],
      0,
    ]);
    expect(await gramsIn(memberId)).toEqual(sorted(gramsOf('\u51af\u4eb2\u7b14')));
  });

  it('are not mixed up while two write at once: a round and a new name', async () => {
    const bank = await openBank();
    const members: string[] = [];
    for (let count = 0; count < 12; count += 1) members.push((await put(bank, `\u891a${count}\u7532`)).memberId);
    await rooms.database.query(`update member set name = name || '\u4e59' where bank_id = $1`, [bank]);
    await Promise.all([
      ...members.map((memberId, count) => rooms.get(PatchMember).run(city, bank, memberId, { version: 1, name: `\u891a${count}\u4e19` })),
      rooms.get(LayGrams).waiting(bank),
      rooms.get(LayGrams).waiting(bank),
    ]);
    for (const [count, memberId] of members.entries()) expect(await gramsIn(memberId)).toEqual(sorted(gramsOf(`\u891a${count}\u4e19`)));
  });

  it('makes nothing of what is no name', async () => {
    const bank = await openBank();
    await put(bank, 'O’Neil 100%_"😀');
    for (const text of [
      '%',
      '_',
      '"',
      "'",
      '\\',
      '😀',
      '100%',
      'o',
      '\ud800',
      '\ude00x',
      `'; drop table member; --`,
      '·',
      '(',
      '\u200b',
      '９',
    ])
      expect([text, Array.isArray(await found(staffOf(bank), text))]).toEqual([text, true]);
    for (const text of ['%', '_"', '0%', 'oneil', "o'neil", '😀'])
      expect([text, await found(staffOf(bank), text)]).toEqual([text, ['O’Neil 100%_"😀']]);
    for (const text of ['%%', '_n', 'o_n', '😁', '\ud83d']) expect([text, await found(staffOf(bank), text)]).toEqual([text, []]);
  });

  it('were here before there were pieces, in every bank, and are found by the name and then by all', async () => {
    const banks = [await openBank(), await openBank()];
    for (const bank of banks) await put(bank, '\u536b\u65e7\u4eba');
    // By the owner of the tables, whom row security binds too.
    const owner = new Client({ connectionString: rooms.database.ownerUrl });
    await owner.connect();
    await owner.query(`select set_config('timebank.app_role', 'timebank_app', false)`);
    await owner.query('drop trigger grams_of_new on member; drop trigger grams_of_renamed on member');
    await owner.query('drop function forget_grams; drop table member_gram');
    await owner.query(readFileSync('prisma-free-migrations/0085-member-grams.sql', 'utf8'));
    await owner.end();
    const staff = staffOf(...banks);
    expect([await found(staff, '\u65e7\u4eba'), await found(staff, 'wjr')]).toEqual([['\u536b\u65e7\u4eba', '\u536b\u65e7\u4eba'], []]);
    for (const bank of banks) expect(await rooms.get(LayGrams).waiting(bank)).toBe(1);
    expect(await found(staff, 'wjr')).toEqual(['\u536b\u65e7\u4eba', '\u536b\u65e7\u4eba']);
  });
});
