import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { contentHash, isRepeat, once, UnitOfWork, violates } from '@timebank/database';
import { newId } from '@timebank/kernel';
import { openRooms, type TestRooms } from '@timebank/testing';
import { Column, Entity, PrimaryColumn, VersionColumn } from 'typeorm';

@Entity('thing')
class ThingRow {
  static readonly defaulted = ['version'] as const;
  @PrimaryColumn('uuid', { name: 'bank_id' }) bankId!: string;
  @PrimaryColumn('uuid', { name: 'thing_id' }) thingId!: string;
  @Column('text') name!: string;
  @Column('text', { nullable: true }) note!: string | null;
  @Column('jsonb') parts!: string[] | null;
  @Column('jsonb', { nullable: true }) whole!: object | null;
  @Column('text', { array: true }) words!: string[];
  @Column('timestamptz', { name: 'made_at' }) madeAt!: Date;
  @Column('bytea', { name: 'content_hash' }) contentHash!: Buffer;
  @VersionColumn({ type: 'integer' }) version!: number;
}

@Entity('plain_thing')
class PlainThingRow {
  static readonly defaulted = ['version'] as const;
  @PrimaryColumn('uuid', { name: 'thing_id' }) thingId!: string;
  @Column('text', { nullable: true }) note!: string | null;
  @Column('timestamptz', { name: 'made_at' }) madeAt!: Date;
  @Column('bytea', { name: 'content_hash' }) contentHash!: Buffer;
  @VersionColumn({ type: 'integer' }) version!: number;
}

describe('rows by their entity', () => {
  let rooms: TestRooms;
  let unit: UnitOfWork;
  const bankId = newId();
  const hash = contentHash({});

  beforeAll(async () => {
    rooms = await openRooms([]);
    unit = rooms.get(UnitOfWork);
    await rooms.database.query(
      `create table thing (bank_id uuid not null, thing_id uuid not null, name text not null unique, note text, parts jsonb not null, whole jsonb,
         words text[] not null, made_at timestamptz not null, content_hash bytea not null, version integer not null default 1, primary key (bank_id, thing_id))`,
    );
    await rooms.database.query('grant select, insert, update on thing to timebank_app');
  });
  afterAll(() => rooms.close());

  const thing = (thingId = newId()) => ({
    bankId,
    thingId,
    name: thingId,
    parts: ['a', 'b'],
    words: ['c', 'd'],
    madeAt: new Date(0),
    contentHash: hash,
  });
  const read = (thingId: string) => unit.run([bankId], () => unit.one<ThingRow>('select * from thing where thing_id = $1', [thingId]));

  it('writes what was given, each value as its column has it, and leaves the rest to the table', async () => {
    const row = thing();
    await unit.run([bankId], () => unit.insertRow(ThingRow, { ...row, note: undefined }));
    expect(await read(row.thingId)).toEqual({ ...row, note: null, whole: null, version: 1 });
    const other = { ...thing(), parts: null, whole: { of: ['e'] }, note: 'n' };
    await unit.run([bankId], () => unit.insertRow(ThingRow, other));
    expect(await read(other.thingId)).toEqual({ ...other, version: 1 });
  });

  it('prepares one statement for each set of columns', async () => {
    const prepared = () =>
      unit.run([bankId], async () => {
        for (const note of ['one', 'two', null]) await unit.insertRow(ThingRow, { ...thing(), note });
        return unit.one<{ count: number }>(`select count(*) from pg_prepared_statements where statement like 'insert into thing (%note%'`);
      });
    const [before, after] = [await prepared(), await prepared()];
    expect(before?.count).toBeLessThanOrEqual(2);
    expect(after).toEqual(before);
  });

  it('says whether a row is new, by the columns that are named or by any', async () => {
    const row = thing();
    const insert = (given: typeof row, ...unless: ('bankId' | 'thingId')[]) =>
      unit.run([bankId], () => unit.insertNew(ThingRow, given, unless));
    expect(await insert(row)).toBe(true);
    expect(await insert(row, 'bankId', 'thingId')).toBe(false);
    const sameName = { ...thing(), name: row.name };
    expect(await insert(sameName)).toBe(false);
    const fault = await insert(sameName, 'bankId', 'thingId').catch((error: unknown) => error);
    expect(violates(fault, 'thing_name_key')).toBe(true);
  });

  it('writes many by one statement, and counts those that are new', async () => {
    await rooms.database.query(
      `create table plain_thing (thing_id uuid primary key, note text, made_at timestamptz not null unique, content_hash bytea not null,
         version integer not null default 1); grant select, insert on plain_thing to timebank_app`,
    );
    const plain = (note: string | null, milliseconds: number) => ({
      thingId: newId(),
      note,
      madeAt: new Date(milliseconds),
      contentHash: hash,
    });
    const [first, second, third] = [plain('a', 1), plain(null, 2), plain('c', 3)];
    const write = (...rows: PlainRow[]) => unit.run([bankId], () => unit.insertNewRows(PlainThingRow, rows, ['thingId']));
    type PlainRow = typeof first;
    expect([await write(first), await write(first, second, third, second), await write()]).toEqual([1, 2, 0]);
    const stored = await unit.run([bankId], () => unit.query('select * from plain_thing order by made_at'));
    expect(stored).toEqual([first, second, third].map((row) => ({ ...row, version: 1 })));
    const fault = await write(plain('d', 4), plain('e', 1)).catch((error: unknown) => error);
    expect(violates(fault, 'plain_thing_made_at_key')).toBe(true);
    // Lists would come apart.
    const lists = unit.run([bankId], () => unit.insertNewRows(ThingRow, [thing()], ['bankId', 'thingId']));
    await expect(lists).rejects.toThrow('a list cannot be written by many rows');
  });

  it('changes the row that is named, and its version', async () => {
    const [row, beside] = [thing(), thing()];
    await unit.run([bankId], async () => {
      for (const one of [row, beside]) await unit.insertRow(ThingRow, one);
      await unit.updateRow(ThingRow, { bankId, thingId: row.thingId }, { note: 'changed', parts: [], whole: undefined });
    });
    expect(await read(row.thingId)).toMatchObject({ note: 'changed', parts: [], whole: null, version: 2 });
    expect(await read(beside.thingId)).toMatchObject({ note: null, version: 1 });
  });

  it('names no row by a part that is missing, which would be every row', async () => {
    const change = (key: Partial<ThingRow>) => unit.run([bankId], () => unit.updateRow(ThingRow, key, { note: 'all' }));
    await expect(change({})).rejects.toThrow('no row of thing is named');
    await expect(change({ bankId, thingId: undefined })).rejects.toThrow('no row of thing is named');
  });

  it('does not compile what the table would refuse', async () => {
    const wrong = async () => {
      // @ts-expect-error a column that is not there
      await unit.insertRow(ThingRow, { ...thing(), colour: 'red' });
      // @ts-expect-error a value of another type
      await unit.insertRow(ThingRow, { ...thing(), madeAt: 'today' });
      const { name: _, ...nameless } = thing();
      // @ts-expect-error a column that needs a value
      await unit.insertRow(ThingRow, nameless);
      // @ts-expect-error a column that is never null
      await unit.updateRow(ThingRow, { bankId }, { name: null });
    };
    await expect(unit.run([bankId], wrong)).rejects.toThrow('thing has no colour');
  });

  describe('under an id of the caller', () => {
    const sent = (content: unknown) => ({ hash: contentHash(content), reused: 'requests/id_reused' }) as const;
    const put = (thingId: string, content: unknown, before: () => Promise<unknown> = async () => undefined) =>
      unit.run([bankId], () =>
        once(unit, ThingRow, { bankId, thingId }, sent(content), async () => {
          await before();
          // A name of its own: on the other unique column the second of two may fail instead of waiting.
          return unit.insertNew(ThingRow, { ...thing(thingId), name: newId(), contentHash: contentHash(content) }, ['bankId', 'thingId']);
        }),
      );

    it('does it once: the same again is a repeat, and other content is refused', async () => {
      const thingId = newId();
      expect(await put(thingId, 'a')).toBe(true);
      expect(await put(thingId, 'a')).toBe(false);
      await expect(put(thingId, 'b')).rejects.toMatchObject({ code: 'requests/id_reused' });
      await expect(unit.run([bankId], () => isRepeat(unit, ThingRow, { bankId, thingId }, sent('b')))).rejects.toThrow('id_reused');
      expect(await unit.run([bankId], () => isRepeat(unit, ThingRow, { bankId, thingId: newId() }, sent('a')))).toBe(false);
    });

    it.each([
      ['the same', 'a', 'done,repeat'],
      ['something else', 'b', 'done,requests/id_reused'],
    ])('lets one of two at once do it, and answers the other by what it sent: %s', async (_, second, wanted) => {
      const thingId = newId();
      let waiting = 2;
      const { promise: both, resolve: go } = Promise.withResolvers<void>();
      // Both have looked and found nothing.
      const meet = () => {
        waiting -= 1;
        if (waiting === 0) go();
        return both;
      };
      const answers = await Promise.all(
        ['a', second].map((content) =>
          put(thingId, content, meet).then(
            (first) => (first ? 'done' : 'repeat'),
            (error: { code: string }) => error.code,
          ),
        ),
      );
      expect(answers.sort().join()).toBe(wanted);
    });

    it('refuses an id that somebody has out of sight', async () => {
      const key = { bankId, thingId: newId() };
      const never = () => unit.run([bankId], () => once(unit, ThingRow, key, sent('a'), async () => false));
      await expect(never()).rejects.toMatchObject({ code: 'requests/id_reused' });
    });
  });
});
