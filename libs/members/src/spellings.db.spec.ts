import { readFileSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { AccessModule, type Actor, Passwords, SignIn } from '@timebank/access';
import { BanksModule, PutBank } from '@timebank/banks';
import type { MemberInput } from '@timebank/contract';
import { foldName, newId, readPhone } from '@timebank/kernel';
import { ListMembers, MembersModule, PatchMember, PutMember } from '@timebank/members';
import { openRooms, type TestRooms } from '@timebank/testing';

const maimaiti = '\u4e70\u4e70\u63d0';
const spellings = ['\u00b7', '\u2022', '\u30fb', '', ' ', '\uff0e'].map((dot) => `${maimaiti}${dot}\u827e\u529b`);
const migration = (name: string) => readFileSync(`prisma-free-migrations/${name}.sql`, 'utf8');

describe('one person in several spellings', () => {
  let rooms: TestRooms;
  let bankId: string;
  const admin: Actor = { personId: newId(), roles: [{ role: 'admin', bankId: null, memberId: null }] };
  beforeAll(async () => {
    rooms = await openRooms([AccessModule.forRoot({ secretKey: 'x'.repeat(32) }), BanksModule, MembersModule]);
    bankId = await openBank();
  });
  afterAll(() => rooms.close());

  async function openBank(): Promise<string> {
    const id = newId();
    await rooms.get(PutBank).run(id, { name: 'Drum Tower', phone: '025-83330000', timeZone: 'Asia/Shanghai' });
    return id;
  }
  const put = (given: Partial<MemberInput> & { name: string }, bank = bankId) =>
    rooms.get(PutMember).run(bank, newId(), { birthDate: '1950-02-03', roles: ['volunteer'], ...given });
  const found = async (search: string, bank = bankId) =>
    (await rooms.get(ListMembers).run(bank, { limit: 50, search })).items.map(({ name }) => name);

  it('E1: is refused as the same, with the one who is here', async () => {
    const { value } = await put({ name: spellings[0] ?? '' });
    for (const name of spellings) {
      await expect(put({ name })).rejects.toMatchObject({ code: 'members/duplicate', parameters: { memberId: value.memberId } });
    }
    const another = await put({ name: spellings[1] ?? '', birthDate: '1950-02-04' });
    expect(another.first).toBe(true);
    expect((await put({ name: spellings[1] ?? '' }, await openBank())).first).toBe(true);
  });

  it('E1: may be spelled anew by its own bank, and not like somebody else', async () => {
    const { value } = await put({ name: 'Li Mei' });
    const patch = (version: number, name: string) => rooms.get(PatchMember).run(admin, bankId, value.memberId, { version, name });
    expect(await patch(1, 'LI MEI')).toMatchObject({ name: 'LI MEI', version: 2 });
    const other = await put({ name: 'Ouyang Xiu' });
    await expect(patch(2, 'OUYANG\u3000XIU')).rejects.toMatchObject({
      code: 'members/duplicate',
      parameters: { memberId: other.value.memberId },
    });
  });

  it('E1: is not let in twice by the database either', async () => {
    await put({ name: 'Zoe Li' });
    const copy = `insert into member (bank_id, member_id, person_id, member_number, name, birth_date, account_id, content_hash, created_at)
      select bank_id, $1, $1, 'copy', 'ZOE-LI', birth_date, account_id, content_hash, created_at from member where name = 'Zoe Li'`;
    const personId = newId();
    await rooms.database.query('insert into person (person_id, created_at) values ($1, now())', [personId]);
    await expect(rooms.database.query(copy, [personId])).rejects.toMatchObject({ constraint: 'member_name_key' });
  });

  it('E1: is found by any spelling of a part, E3: and by any spelling of the phone', async () => {
    const bank = await openBank();
    await put({ name: spellings[0] ?? '', phone: '14200001005' }, bank);
    await put({ name: 'Li Mei', phone: '025-84440001' }, bank);
    for (const search of [...spellings, `${maimaiti}\u2022`, `\u3000${maimaiti}`])
      expect(await found(search, bank)).toEqual([spellings[0]]);
    for (const search of ['142 0000', '142-0000-1005', '\u202d14200001005\u202c', '+86142', '86142', '\uff11\uff14\uff12']) {
      expect([search, await found(search, bank)]).toEqual([search, [spellings[0]]]);
    }
    for (const search of ['025-8444', '02584440001', '+862584440001', 'l\uff29m', 'LIMEI'])
      expect([search, await found(search, bank)]).toEqual([search, ['Li Mei']]);
    expect([await found('143', bank), await found('\u00b7', bank)]).toEqual([[], []]);
  });

  it('E1: has one key in code and in the database', async () => {
    const blocks = [
      [0x20, 0x24f],
      [0x250, 0x58f],
      [0x600, 0x6ff],
      [0x1800, 0x18aa],
      [0xf00, 0xfbc],
      [0x1e00, 0x1fff],
      [0x2000, 0x2bff],
      [0x2c60, 0x2c7f],
      [0x3000, 0x33ff],
      [0x4e00, 0x4e40],
      [0xa640, 0xa7b7],
      [0xf900, 0xfaff],
      [0xfb00, 0xfffd],
      [0x10400, 0x1044f],
      [0x1d400, 0x1d7ff],
      [0x20000, 0x20040],
      [0x2f800, 0x2fa1d],
      [0xe0000, 0xe01ef],
    ] as const;
    const corpus = blocks.flatMap(([from, to]) =>
      Array.from({ length: to - from + 1 }, (_, index) => `a${String.fromCodePoint(from + index)}B`),
    );
    // Letters whose capitals are younger than the oldest database in use are left out.
    const names = [...corpus, ...spellings, 'Stra\u00dfe', '\u0130', '\ufdfa'.repeat(100), '\u00b7', ' - ', '\u039f\u03a3 \u03a3\u03c2'];
    const rows = await rooms.database.query<{ name: string; key: string }>(
      'select name, folded_name(name) as key from unnest($1::text[]) as name',
      [names],
    );
    const apart = rows.filter(({ name, key }) => foldName(name) !== key).map(({ name }) => name.codePointAt(1)?.toString(16));
    expect(apart).toEqual([]);
  });

  it('E1, E3: were here before there was one form, and nobody is lost by it', async () => {
    const bank = await openBank();
    const passwords = ['the elder has this one', 'the younger has another'];
    const hashes = await Promise.all(passwords.map((password) => rooms.get(Passwords).hash(password)));
    await rooms.database.query(
      `drop index member_name_key; alter table member drop column name_key, drop column shares_name_key, drop column phone_digits`,
    );
    await rooms.database.query('drop function folded_name; drop function one_case; drop function spoken_part');
    // There was no trail then, and it reads no rows of a table that has lost a column.
    await rooms.database.query('alter table member disable trigger trail_of_updates');
    const old = [
      { name: 'Old Name', phone: '025-84440009', signIn: '025-84440009', hash: hashes[0] },
      { name: 'OLD NAME', phone: '+862584440009', signIn: '+862584440009', hash: hashes[1] },
      { name: 'Elsewhere', phone: '0251-2345678-9', signIn: '+8657155551234', hash: hashes[1] },
      { name: 'Abroad', phone: '+81312345678', signIn: null, hash: null },
    ];
    for (const [index, { name, phone, signIn, hash }] of old.entries()) {
      const [personId, at] = [newId(), new Date(Date.UTC(2026, 0, index + 1))];
      await rooms.database.query('insert into person (person_id, sign_in_phone, password_hash, created_at) values ($1, $2, $3, $4)', [
        personId,
        signIn,
        hash,
        at,
      ]);
      await rooms.database.query(
        `insert into member (bank_id, member_id, person_id, member_number, name, birth_date, phone, account_id, content_hash, created_at)
         values ($1, $2, $2, $3, $4, '1940-01-01', $5, $2, '\\x00', $6)`,
        [bank, personId, `old ${index}`, name, phone, at],
      );
    }
    await rooms.database.query(migration('0050-folded-names'));
    await rooms.database.query(migration('0051-one-form-of-phones'));
    const rows = await rooms.database.query<{ name: string; phone: string; sharesKey: boolean }>(
      'select name, phone, shares_name_key as "sharesKey" from member where bank_id = $1 order by created_at',
      [bank],
    );
    expect(rows).toEqual([
      { name: 'Old Name', phone: '025-84440009', sharesKey: false },
      { name: 'OLD NAME', phone: '025-84440009', sharesKey: true },
      { name: 'Elsewhere', phone: '025-12345678-9', sharesKey: false },
      { name: 'Abroad', phone: '+81312345678', sharesKey: false },
    ]);
    expect(rows.map(({ phone }) => readPhone(phone))).toEqual(rows.map(({ phone }) => phone));
    await expect(put({ name: 'old name', birthDate: '1940-01-01' }, bank)).rejects.toMatchObject({ code: 'members/duplicate' });
    const people = await Promise.all(passwords.map((password) => rooms.get(SignIn).run({ phone: '025-84440009', password })));
    expect(new Set(people.map(({ actor }) => actor.personId)).size).toBe(2);
    await expect(rooms.get(SignIn).run({ phone: '025-84440009', password: 'of neither' })).rejects.toMatchObject({
      code: 'access/wrong_credentials',
    });
    expect((await rooms.get(SignIn).run({ phone: '0571-55551234', password: passwords[1] ?? '' })).token).toEqual(expect.any(String));
  });
});
