import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { AccessModule, type Actor } from '@timebank/access';
import {
  BanksModule,
  FoundBank,
  Interchange,
  ListBanks,
  ListPolicies,
  PatchBank,
  PutBank,
  PutPolicy,
  ReadBank,
  ReadPolicy,
  SoundBanks,
} from '@timebank/banks';
import { UnitOfWork } from '@timebank/database';
import { newId } from '@timebank/kernel';
import { openRooms, type TestRooms, stored } from '@timebank/testing';

const input = { name: 'Drum Tower', phone: '025-83330000', timeZone: 'Asia/Shanghai' };
const admin: Actor = { personId: newId(), roles: [{ role: 'admin', bankId: null, memberId: null }] };
const source = 'decided by the council';

describe('time banks', () => {
  let rooms: TestRooms;
  beforeAll(async () => {
    rooms = await openRooms([AccessModule.forRoot({ secretKey: 'x'.repeat(32) }), BanksModule]);
  });
  afterAll(() => rooms.close());

  const putBank = (bankId: string, name = input.name) => rooms.get(PutBank).run(bankId, { ...input, name });

  async function openBank(): Promise<string> {
    const bankId = newId();
    await putBank(bankId);
    return bankId;
  }

  it('opens a bank with four accounts, only issuance without a floor', async () => {
    const bankId = newId();
    const { first, value } = await putBank(bankId);
    expect(first).toBe(true);
    const accounts = await rooms.database.query<{ kind: string; account_id: string; floor_minutes: number | null }>(
      'select kind, account_id, floor_minutes from account where bank_id = $1 order by kind',
      [bankId],
    );
    expect(accounts.map(({ kind, floor_minutes: floor }) => [kind, floor === null ? null : Number(floor)])).toEqual([
      ['fund', 0],
      ['honour', 0],
      ['issuance', null],
      ['pool', 0],
    ]);
    expect(Object.values(value.accounts).sort()).toEqual(
      accounts
        .filter(({ kind }) => kind !== 'issuance')
        .map((row) => row.account_id)
        .sort(),
    );
  });

  it('takes the same bank twice at once as one, and another under its id not at all', async () => {
    const bankId = newId();
    const both = await Promise.all([putBank(bankId), putBank(bankId)]);
    expect(both.map(({ first }) => first).sort()).toEqual([false, true]);
    expect(both[0].value).toEqual(both[1].value);
    await expect(putBank(bankId, 'Another')).rejects.toMatchObject({ code: 'banks/id_reused' });
  });

  it('changes a bank for who saw it last; a repeat of the first call holds afterwards', async () => {
    const bankId = await openBank();
    const changed = await rooms.get(PatchBank).run(admin, bankId, { version: 1, name: 'Bell Tower' });
    expect(changed).toMatchObject({ name: 'Bell Tower', phone: input.phone, version: 2 });
    await expect(rooms.get(PatchBank).run(admin, bankId, { version: 1, name: 'Gate Tower' })).rejects.toMatchObject({
      code: 'banks/stale',
    });
    expect(await putBank(bankId)).toMatchObject({ first: false, value: { name: 'Bell Tower' } });
    await expect(rooms.get(ReadBank).run(newId())).rejects.toMatchObject({ code: 'banks/not_found' });
  });

  it('lists all banks to the city and the own ones to everybody else', async () => {
    const [mine, other] = [await openBank(), await openBank()];
    const everything = (await rooms.get(ListBanks).run(admin)).map((bank) => bank.bankId);
    expect(everything).toEqual(expect.arrayContaining([mine, other]));
    const volunteer: Actor = { personId: newId(), roles: [{ role: 'volunteer', bankId: mine, memberId: newId() }] };
    expect((await rooms.get(ListBanks).run(volunteer)).map((bank) => bank.bankId)).toEqual([mine]);
    expect(await rooms.get(ListBanks).run({ personId: newId(), roles: [] })).toEqual([]);
  });

  describe('names', () => {
    const found = (name: string, sameName?: true) =>
      rooms.get(FoundBank).run(newId(), { ...input, name, ...(sameName ? { sameName } : {}) });
    const rename = (bankId: string, name: string, sameName?: true) =>
      rooms.get(PatchBank).run(admin, bankId, { version: 1, name, ...(sameName ? { sameName } : {}) });
    const endsOf = async (asked: Promise<unknown>[]) =>
      (await Promise.allSettled(asked)).map((end) => (end.status === 'fulfilled' ? 'ok' : (end.reason as { code: string }).code)).sort();

    it('D10: of banks founded at once under one name, in whatever spelling, one stands', async () => {
      const ends = await endsOf(['Plum Court', 'PLUM COURT', ' Plum  Court', 'plum court', 'Ｐｌｕｍ Court'].map((name) => found(name)));
      expect(ends).toEqual(['banks/same_name', 'banks/same_name', 'banks/same_name', 'banks/same_name', 'ok']);
    });

    it('D10: of banks renamed at once to one name one has it, and none that is being founded', async () => {
      const [one, other] = [await openBank(), await openBank()];
      const ends = await endsOf([rename(one, 'Willow Court'), rename(other, 'willow court'), found('Willow  Court')]);
      expect(ends).toEqual(['banks/same_name', 'banks/same_name', 'ok']);
    });

    it('D10: whoever agrees shares the name, also at the same moment, and nobody without agreeing', async () => {
      await found('Elm Court');
      expect(await endsOf([found('elm court', true), found('Elm Court', true), found('ELM court')])).toEqual([
        'banks/same_name',
        'ok',
        'ok',
      ]);
    });

    it('D10: the same bank sent twice at once is one', async () => {
      const bankId = newId();
      const twice = [0, 1].map(() => rooms.get(FoundBank).run(bankId, { ...input, name: 'Oak Court' }));
      expect((await Promise.all(twice)).map(({ first }) => first).sort()).toEqual([false, true]);
    });
  });

  describe('time zones', () => {
    const zonesOf = async (bankId: string) => (await rooms.get(ReadBank).answer(bankId)).zones;
    const patch = (bankId: string, version: number, timeZone: string, validFrom?: string) =>
      rooms.get(PatchBank).run(admin, bankId, { version, timeZone, ...(validFrom ? { validFrom } : {}) });

    it.each(['CTT', '+08:00', '-0530', 'Asia/Nowhere', ''])(
      'A5: %j, which code and Postgres do not read alike, founds no bank',
      async (timeZone) => {
        const bankId = newId();
        await expect(rooms.get(PutBank).run(bankId, { ...input, timeZone })).rejects.toMatchObject({
          code: 'request/malformed',
          path: 'body.timeZone',
        });
        expect(await rooms.database.query('select from bank where bank_id = $1', [bankId])).toEqual([]);
      },
    );

    it.each(['Asia/Urumqi', 'America/New_York', 'Australia/Lord_Howe', 'EST5EDT', 'UTC'])(
      'A5: %s, which both read alike, does',
      async (timeZone) => {
        expect((await rooms.get(PutBank).run(newId(), { ...input, timeZone })).value.timeZone).toBe(timeZone);
      },
    );

    it('A5: changes from a day on, tomorrow at the earliest, and leaves the days before as they were', async () => {
      rooms.clock.set(new Date('2026-03-02T02:00:00Z'));
      const bankId = await openBank();
      const early = patch(bankId, 1, 'Asia/Tokyo', '2026-03-02');
      await expect(early).rejects.toMatchObject({ code: 'banks/zone_begins_too_early', parameters: { earliest: '2026-03-03' } });
      await expect(patch(bankId, 1, '+08:00')).rejects.toMatchObject({ code: 'request/malformed', path: 'body.timeZone' });
      expect(await patch(bankId, 1, 'Asia/Tokyo', '2026-03-10')).toMatchObject({ timeZone: 'Asia/Shanghai', version: 2 });
      await expect(patch(bankId, 1, 'Asia/Urumqi')).rejects.toMatchObject({ code: 'banks/stale' });
      expect(await zonesOf(bankId)).toEqual([
        { timeZone: 'Asia/Shanghai', validFrom: null, beginsAt: null },
        { timeZone: 'Asia/Tokyo', validFrom: '2026-03-10', beginsAt: '2026-03-09T15:00:00.000Z' },
      ]);
      const day = (at: string) =>
        rooms
          .get(UnitOfWork)
          .run([bankId], () => rooms.get(UnitOfWork).one<{ day: string }>('select bank_day($1, $2) as day', [bankId, at]));
      expect([await day('2026-03-09T14:59:59Z'), await day('2026-03-09T15:00:00Z')]).toEqual([
        { day: '2026-03-09' },
        { day: '2026-03-10' },
      ]);
      rooms.clock.set(new Date('2026-03-10T02:00:00Z'));
      expect((await rooms.get(ReadBank).answer(bankId)).timeZone).toBe('Asia/Tokyo');
      expect((await rooms.get(ListBanks).run(admin)).find((bank) => bank.bankId === bankId)?.timeZone).toBe('Asia/Tokyo');
      rooms.clock.set(new Date('2026-03-02T02:00:00Z'));
    });

    it.each(['Asia/Tokyo', 'Asia/Urumqi'])('A5: takes back a change to %s that has not come by another for the same day', async (slip) => {
      const bankId = await openBank();
      await patch(bankId, 1, slip, '2026-03-10');
      await patch(bankId, 2, 'Asia/Shanghai', '2026-03-10');
      expect((await zonesOf(bankId))?.map(({ timeZone }) => timeZone)).toEqual(['Asia/Shanghai', 'Asia/Shanghai']);
    });

    it('A5: lets no day come after a later one, where zones half a world apart begin in the other order', async () => {
      const bankId = await openBank();
      await patch(bankId, 1, 'Pacific/Kiritimati', '2026-03-12');
      await expect(patch(bankId, 2, 'Pacific/Niue', '2026-03-11')).rejects.toMatchObject({
        code: 'banks/zone_begins_too_early',
        parameters: { earliest: '2026-03-13' },
      });
      await patch(bankId, 2, 'Pacific/Niue', '2026-03-13');
      expect((await zonesOf(bankId))?.map(({ timeZone }) => timeZone)).toEqual(['Asia/Shanghai', 'Pacific/Kiritimati', 'Pacific/Niue']);
    });

    it('A5: a bank of a zone that Postgres does not know is told so, can be given another for all its days, and stops no other bank', async () => {
      const [sick, sound] = [await openBank(), await openBank()];
      await rooms.database.query(`update bank set time_zone = 'CTT' where bank_id = $1`, [sick]);
      const reading = (bankIds: string[]) => rooms.get(UnitOfWork).run(bankIds, () => rooms.get(SoundBanks).run(bankIds));
      const both = await reading([sick, sound]);
      expect([both.banks.map(({ bankId }) => bankId), both.leftOut]).toEqual([
        [sound],
        [{ bankId: sick, bankName: 'Drum Tower', timeZone: 'CTT', reason: 'time_zone' }],
      ]);
      await expect(reading([sick])).rejects.toMatchObject({ code: 'banks/zone_unreadable', parameters: { timeZone: 'CTT' } });
      await rooms.get(UnitOfWork).run([sick, sound], () => rooms.get(Interchange).isOpen([sick, sound]));
      await patch(sick, 1, 'Asia/Shanghai');
      expect((await reading([sick, sound])).leftOut).toEqual([]);
      expect([(await rooms.get(ReadBank).answer(sick)).timeZone, await zonesOf(sick)]).toEqual(['Asia/Shanghai', undefined]);
    });
  });

  describe('policy', () => {
    const put = (bankId: string | null, key: string, value: string | number, validFrom: string, policyId = newId()) =>
      stored(rooms.get(PutPolicy).run(admin, bankId, policyId, { key, value, validFrom, source }));
    const capOn = async (bankId: string, day: string) => (await rooms.get(ReadPolicy).run(bankId, day)).visitCapMinutes;

    it("is the bank's row over the city's over the default, from its day on", async () => {
      const [bankId, other] = [await openBank(), await openBank()];
      await put(null, 'visitCapMinutes', 300, '2026-03-05');
      await put(bankId, 'visitCapMinutes', 180, '2026-03-10');
      await put(bankId, 'visitCapMinutes', 200, '2026-03-10');
      expect([await capOn(bankId, '2026-03-04'), await capOn(bankId, '2026-03-05'), await capOn(bankId, '2026-03-09')]).toEqual([
        240, 300, 300,
      ]);
      expect([await capOn(bankId, '2026-03-10'), await capOn(other, '2026-03-10')]).toEqual([200, 300]);
      await put(null, 'visitCapMinutes', 320, '2026-03-12');
      expect([await capOn(bankId, '2026-03-12'), await capOn(other, '2026-03-12')]).toEqual([200, 320]);
    });

    it("begins today in the bank's zone at the earliest", async () => {
      const bankId = await openBank();
      rooms.clock.set(new Date('2026-03-02T17:00:00Z'));
      const yesterday = put(bankId, 'visitCapMinutes', 200, '2026-03-02');
      await expect(yesterday).rejects.toMatchObject({ code: 'policy/in_the_past', parameters: { today: '2026-03-03' } });
      expect((await put(bankId, 'visitCapMinutes', 200, '2026-03-03')).first).toBe(true);
    });

    it('knows its keys and their types', async () => {
      const bankId = await openBank();
      await expect(put(bankId, 'teaMinutes', 5, '2026-04-01')).rejects.toMatchObject({ code: 'policy/unknown_key', path: 'body.key' });
      await expect(put(bankId, 'visitCapMinutes', 'long', '2026-04-01')).rejects.toMatchObject({
        code: 'policy/bad_value',
        path: 'body.value',
      });
      await expect(put(newId(), 'visitCapMinutes', 60, '2026-04-01')).rejects.toMatchObject({ code: 'banks/not_found' });
    });

    it('is repeated under its id, also when its day has passed, and not replaced', async () => {
      const [bankId, other, policyId] = [await openBank(), await openBank(), newId()];
      const first = await Promise.all([
        put(bankId, 'dayCapMinutes', 400, '2026-04-01', policyId),
        put(bankId, 'dayCapMinutes', 400, '2026-04-01', policyId),
      ]);
      expect(first.map((one) => one.first).sort()).toEqual([false, true]);
      rooms.clock.set(new Date('2026-04-20T01:00:00Z'));
      expect((await put(bankId, 'dayCapMinutes', 400, '2026-04-01', policyId)).first).toBe(false);
      await expect(put(bankId, 'dayCapMinutes', 500, '2026-04-01', policyId)).rejects.toMatchObject({ code: 'policy/id_reused' });
      await expect(put(other, 'dayCapMinutes', 400, '2026-04-21', policyId)).rejects.toMatchObject({ code: 'policy/id_reused' });
    });

    it('is shown with the rows of bank and city, and none of another bank', async () => {
      const [bankId, other] = [await openBank(), await openBank()];
      await put(bankId, 'minimumMinutes', 15, '2026-05-01');
      await put(other, 'minimumMinutes', 20, '2026-05-01');
      const shown = await rooms.get(ListPolicies).run(bankId, '2026-05-02');
      expect(shown.inForce).toMatchObject({ minimumMinutes: 15, savingsCapMinutes: 90_000 });
      expect(shown.rows.filter((row) => row.key === 'minimumMinutes').map((row) => row.bankId)).toEqual([bankId]);
      expect(shown.rows.some((row) => row.bankId === null)).toBe(true);
    });
  });
});
