import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { AccessModule, type Actor } from '@timebank/access';
import { BanksModule, PutBank } from '@timebank/banks';
import { UnitOfWork } from '@timebank/database';
import { newId } from '@timebank/kernel';
import { LayGrams, ListMembers, MembersModule, SearchBanks } from '@timebank/members';
import { openRooms, type TestRooms } from '@timebank/testing';
import { isMeant, meantBy } from './meant.sql';
import { membersByWorth } from './search-members';

type PlanNode = {
  'Node Type': string;
  'Relation Name'?: string;
  'Index Name'?: string;
  'Actual Rows': number;
  'Actual Loops': number;
  'Rows Removed by Filter'?: number;
  Plans?: PlanNode[];
};
const nodesOf = (node: PlanNode): PlanNode[] => [node, ...(node.Plans ?? []).flatMap(nodesOf)];

const members = 20_000;
const surnames = [
  ...'\u738b\u674e\u5f20\u5218\u9648\u6768\u8d75\u9ec4\u5468\u5434\u5f90\u5b59\u80e1\u6731\u9ad8\u6797\u4f55\u90ed\u9a6c\u7f57',
];
const given = [
  ...'\u4f1f\u82b3\u5a1c\u654f\u9759\u4e3d\u5f3a\u78ca\u519b\u6d0b\u52c7\u8273\u6770\u5a1f\u6d9b\u660e\u8d85\u79c0\u971e\u5e73\u521a\u6842\u82f1\u5170\u7389\u73cd\u7ea2\u6885\u51e4\u4e91\u534e\u5efa\u6587\u6dd1\u7434\u56fd\u6625\u8363\u5fd7\u6d77',
];
const pick = (from: string[], index: number) => from[index % from.length] as string;
/** Each surname with each two characters, some of them two or three times. */
const nameAt = (index: number) =>
  `${pick(surnames, index)}${pick(given, Math.floor(index / surnames.length))}${pick(given, Math.floor(index / surnames.length / given.length) * 3)}`;

/** Members as an import lays them: many at once. */
async function lay(rooms: TestRooms, bankId: string, count: number): Promise<void> {
  await rooms.database.query(
    `with laid as (select gen_random_uuid() as id, name, number from unnest($2::text[]) with ordinality as n (name, number)),
          people as (insert into person (person_id, created_at) select id, now() from laid)
     insert into member (bank_id, member_id, person_id, member_number, name, birth_date, phone, account_id, content_hash, created_at)
     select $1, id, id, lpad(number::text, 9, '0'), name, date '1930-01-01' + number::integer, '138' || lpad(number::text, 8, '0'), id, '\\x00', now()
       from laid`,
    [bankId, Array.from({ length: count }, (_, index) => nameAt(index))],
  );
}

describe('a bank of twenty thousand members', () => {
  let rooms: TestRooms;
  const bankId = newId();
  const staff: Actor = { personId: newId(), roles: [{ role: 'coordinator', bankId, memberId: newId() }] };

  beforeAll(async () => {
    rooms = await openRooms([AccessModule.forRoot({ secretKey: 'x'.repeat(32) }), BanksModule, MembersModule]);
    await rooms.get(PutBank).run(bankId, { name: 'Drum Tower', phone: '025-83330000', timeZone: 'Asia/Shanghai' });
    await lay(rooms, bankId, members);
    await analyze();
  });
  afterAll(() => rooms.close());

  async function analyze(): Promise<void> {
    for (const table of ['member', 'member_gram']) await rooms.database.query(`analyze ${table}`);
  }
  const found = async (text: string) => (await rooms.get(SearchBanks).run(staff, text)).items.map(({ title }) => title);

  const scans = async (text: string, mode: string): Promise<PlanNode[]> => {
    const unit = rooms.get(UnitOfWork);
    const [row] = await unit.run([bankId], async () => {
      await unit.query(`set local plan_cache_mode = ${mode}`);
      return unit.query<Record<string, unknown>>(`explain (analyze, format json) ${membersByWorth}`, [20, [bankId], ...meantBy(text)]);
    });
    const [plans] = Object.values(row ?? {}) as { Plan: PlanNode }[][];
    return nodesOf(plans?.[0]?.Plan as PlanNode).filter((node) => node['Relation Name'] ?? node['Index Name']);
  };

  it('finds them by their names before these are taken apart, and a round takes them apart', async () => {
    expect(new Set((await found('\u5b59\u7389')).map((name) => name.slice(0, 2)))).toEqual(new Set(['\u5b59\u7389']));
    expect(await found('sunyum')).toEqual([]);
    expect(await rooms.get(LayGrams).waiting(bankId)).toBe(members);
    await analyze();
    expect(new Set((await found('\u5b59\u7389')).map((name) => name.slice(0, 2)))).toEqual(new Set(['\u5b59\u7389']));
    expect((await found('sunyum'))[0]?.slice(0, 2)).toBe('\u5b59\u7389');
  });

  it.each(['force_custom_plan', 'force_generic_plan'])('reads few rows of it, by the key of the pieces: %s', async (mode) => {
    for (const text of ['\u5b59\u7389\u6885', '\u7389\u6885', 'sunyumei', 'yumeiq', '138000199', '0000199', '13800000001', 'zzz', '%']) {
      const all = await scans(text, mode);
      const pieces = all.filter((node) => node['Relation Name'] === 'member_gram');
      expect([text, pieces.length > 0, pieces.filter((node) => node['Index Name'] !== 'member_gram_pkey')]).toEqual([text, true, []]);
      expect([text, all.filter((node) => node['Node Type'] === 'Seq Scan')]).toEqual([text, []]);
      const rows = all.reduce((sum, node) => sum + (node['Actual Rows'] + (node['Rows Removed by Filter'] ?? 0)) * node['Actual Loops'], 0);
      expect([text, rows < 500]).toEqual([text, true]);
    }
  });

  it('does not look at all of it for one letter', async () => {
    for (const text of ['l', 'w', '1', '138'])
      for (const node of (await scans(text, 'force_generic_plan')).filter((scan) => scan['Relation Name'] === 'member'))
        expect([text, node['Actual Rows'] * node['Actual Loops'] <= 4_000]).toEqual([text, true]);
  });

  it('is listed by the same words as it is found by, and counted', async () => {
    for (const [text, count] of [
      ['138', members],
      ['13800', members],
      ['1380001', 10_000],
      ['13800000777', 1],
      ['0', members],
      ['sunyumei', 1],
      ['zzz', 0],
    ] as const)
      expect([text, (await rooms.get(ListMembers).run(bankId, { limit: 20, q: text, count: 'yes' })).total]).toEqual([
        text,
        { count: Math.min(count, 10_000), isMore: count > 10_000 },
      ]);
  });

  it('finds a page of them, whatever is typed', async () => {
    for (const text of ['\u5b59', 's', 'sun', '\u7389', '1', '138', 'sy']) expect(await found(text)).toHaveLength(20);
  });
});

describe('a bank whose members have just been laid, and that Postgres has not counted yet', () => {
  it('seeks those who are meant once for a list, not anew for each member', async () => {
    const rooms = await openRooms([AccessModule.forRoot({ secretKey: 'x'.repeat(32) }), BanksModule, MembersModule]);
    const bankId = newId();
    await rooms.get(PutBank).run(bankId, { name: 'Drum Tower', phone: '025-83330000', timeZone: 'Asia/Shanghai' });
    await lay(rooms, bankId, 300);
    const unit = rooms.get(UnitOfWork);
    const meant = isMeant(bankId, nameAt(7), 2);
    const [row] = await unit.run([bankId], () =>
      unit.query<Record<string, unknown>>(
        `explain (analyze, format json) select from member join person using (person_id) where member.bank_id = $1 and ${meant.condition}`,
        [bankId, ...meant.values],
      ),
    );
    const [plans] = Object.values(row ?? {}) as { Plan: PlanNode }[][];
    const pieces = nodesOf(plans?.[0]?.Plan as PlanNode).filter((node) => node['Relation Name'] === 'member_gram');
    expect(pieces.length).toBeGreaterThan(0);
    expect(Math.max(...pieces.map((node) => node['Actual Loops']))).toBe(1);
    await rooms.close();
  });
});
