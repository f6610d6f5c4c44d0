import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { PutRegular, PutSeries } from '@timebank/care';
import { localDate, newId } from '@timebank/kernel';
import { Extensions, PutExemption, PutQualification, QualificationKinds, ReadMember, ReadQualified } from '@timebank/members';
import { NoticesModule, DeliverNotices } from '@timebank/notices';
import { openCity, refusal, type TestCity, type TestPerson } from '@timebank/testing';
import { FindLosing, WarnEnding } from '@timebank/training';
import { ReadCandidate } from '@timebank/visits';

const dayMinutes = 24 * 60;

describe('kinds of qualification, extensions and warnings', () => {
  let city: TestCity;
  let desk: TestPerson;
  let turn = 0;
  let volunteer: TestPerson;
  beforeAll(async () => {
    city = await openCity(NoticesModule.forRoot({ driver: null }));
    desk = await city.person('coordinator', 'volunteer');
  });
  beforeEach(async () => {
    turn += 1;
    city.at(turn * 200 * dayMinutes);
    volunteer = await city.person('volunteer');
  });
  afterAll(() => city.close());

  const day = (days: number) => localDate(new Date(city.rooms.clock.now().getTime() + days * dayMinutes * 60_000), 'Asia/Shanghai');
  const on = (days: number, hour = 0) => city.at(turn * 200 * dayMinutes + days * dayMinutes + hour * 60);
  const qualify = (until: string, code = 'personal_care', who = volunteer) =>
    city.get(PutQualification).run(desk.actor, city.bankId, who.memberId, code, until);
  const put = (code: string, more: object = {}) =>
    city.get(QualificationKinds).put(code, { names: { 'zh-Hans': `Kind ${code}` }, validityMonths: 12, ...more });
  const member = () => city.get(ReadMember).whole(city.bankId, volunteer.memberId);

  it('are laid down and changed by who has read them, with names that tell them apart', async () => {
    const { first, value } = await put('nursing', { includes: ['personal_care', 'nursing'] });
    expect([first, value]).toMatchObject([true, { version: 1, includes: ['personal_care'], toYearEnd: false, refresherMinutes: null }]);
    expect((await put('nursing', { includes: ['personal_care'] })).first).toBe(false);
    await expect(put('nursing', { validityMonths: 24 })).rejects.toMatchObject(refusal('qualifications/stale', { version: 1 }));
    expect((await put('nursing', { version: 1, validityMonths: 24 })).value).toMatchObject({ version: 2, includes: [] });
    await expect(put('nurse', { names: { 'zh-Hans': 'KIND NURSING' } })).rejects.toMatchObject({ code: 'qualifications/same_name' });
    await expect(put('nurse', { includes: ['no_such'] })).rejects.toMatchObject({ code: 'qualifications/unknown_kind' });
    await expect(put('nurse', { validityMonths: 0 })).rejects.toMatchObject({ code: 'qualifications/no_validity' });
  });

  it('count where another includes them, and stand as of the day of the visit', async () => {
    await put('all_care', { includes: ['personal_care'] });
    await qualify(day(10), 'all_care');
    const client = await city.client(2_000);
    const gate = async (days: number) => {
      const requestId = await city.request(
        desk,
        client,
        new Date(city.rooms.clock.now().getTime() + days * dayMinutes * 60_000),
        60,
        'bathing',
      );
      return (await city.get(ReadCandidate).run(desk.actor, city.bankId, requestId, volunteer.memberId)).gate;
    };
    expect([await gate(9), await gate(11)]).toEqual([[], ['qualification_ends_before']]);
    expect((await member()).qualifications).toMatchObject([{ code: 'all_care', status: 'ends_soon' }]);
    on(12);
    expect((await member()).qualifications).toMatchObject([{ status: 'expired' }]);
    await put('all_care', { version: 1, includes: ['personal_care'], reactivateWithinDays: 30 });
    expect((await member()).qualifications).toMatchObject([{ status: 'reactivatable' }]);
    expect(await gate(1)).toEqual(['qualification_expired']);
  });

  it('last longer by one act, whoever does it left out, and as before when it is undone', async () => {
    const [other, later, changed] = [await city.person('volunteer'), await city.person('volunteer'), await city.person('volunteer')];
    for (const who of [volunteer, other, changed]) await qualify(day(5), 'first_aid', who);
    await qualify(day(30), 'first_aid', later);
    const colleague = await city.person('coordinator');
    await city.get(PutQualification).run(colleague.actor, city.bankId, desk.memberId, 'first_aid', day(5));
    const [extensionId, input] = [
      newId(),
      { code: 'first_aid', from: day(0), to: day(10), validUntil: day(99), note: 'Courses were closed' },
    ];
    const { first, value } = await city.get(Extensions).put(desk.actor, city.bankId, extensionId, input);
    expect([first, value]).toMatchObject([true, { members: 3, undoneAt: null, note: 'Courses were closed' }]);
    expect((await city.get(Extensions).put(desk.actor, city.bankId, extensionId, input)).first).toBe(false);
    const untils = async () => {
      const { items } = await city.get(ReadQualified).run(city.bankId, { code: 'first_aid', from: day(0), to: day(200), limit: 50 });
      return new Map(items.map(({ memberId, validUntil }) => [memberId, validUntil]));
    };
    const of = async (...who: TestPerson[]) => {
      const found = await untils();
      return who.map(({ memberId }) => found.get(memberId));
    };
    expect(await of(volunteer, other, changed, later, desk)).toEqual([day(99), day(99), day(99), day(30), day(5)]);
    expect((await city.get(Extensions).list(city.bankId, { memberId: other.memberId, limit: 50 })).items).toMatchObject([{ extensionId }]);
    expect((await city.get(Extensions).list(city.bankId, { memberId: later.memberId, limit: 50 })).items).toEqual([]);
    await qualify(day(150), 'first_aid', changed);
    expect(await city.get(Extensions).undo(desk.actor, city.bankId, extensionId)).toMatchObject({ undoneAt: expect.any(String) });
    expect(await of(volunteer, other, changed)).toEqual([day(5), day(5), day(150)]);
    await city.get(Extensions).undo(desk.actor, city.bankId, extensionId);
    await expect(city.get(Extensions).put(desk.actor, city.bankId, extensionId, { ...input, to: day(11) })).rejects.toMatchObject({
      code: 'extensions/id_reused',
    });
    const bad = (more: object) => city.get(Extensions).put(desk.actor, city.bankId, newId(), { ...input, ...more });
    await expect(bad({ to: day(-1) })).rejects.toMatchObject({ code: 'extensions/wrong_order' });
    await expect(bad({ validUntil: day(10) })).rejects.toMatchObject({ code: 'extensions/wrong_order' });
    await expect(bad({ code: 'no_such' })).rejects.toMatchObject({ code: 'qualifications/unknown_kind' });
    await expect(city.get(Extensions).undo(desk.actor, city.bankId, newId())).rejects.toMatchObject(refusal('extensions/not_found'));
  });

  it('stay when the extension before them is undone, and after a chain of extensions stand as they were granted', async () => {
    const told = await city.person('volunteer');
    for (const who of [volunteer, told]) await qualify(day(5), 'first_aid', who);
    const extend = async (from: string, validUntil: string) => {
      const extensionId = newId();
      await city
        .get(Extensions)
        .put(desk.actor, city.bankId, extensionId, { code: 'first_aid', from, to: from, validUntil, note: 'Closed' });
      return () => city.get(Extensions).undo(desk.actor, city.bankId, extensionId);
    };
    const until = async (who = volunteer) =>
      (await city.get(ReadMember).whole(city.bankId, who.memberId)).qualifications.find(({ code }) => code === 'first_aid')?.validUntil;
    for (const [isFirst, between] of [
      [true, day(90)],
      [false, day(40)],
    ] as const) {
      const [first, last] = [await extend(day(5), day(40)), await extend(day(40), day(90))];
      if (isFirst) await qualify(day(90), 'first_aid', told);
      const found = [await until()];
      for (const undo of isFirst ? [first, last] : [last, first]) {
        await undo();
        found.push(await until());
      }
      expect([...found, await until(told)]).toEqual([day(90), between, day(5), day(90)]);
    }
  });

  it('warn the helper of visits and dates that will lose them, once each, in waking hours, and list them for the desk', async () => {
    await qualify(day(60));
    const client = await city.client(20_000);
    const seriesId = newId();
    await city.get(PutSeries).run(desk.actor, city.bankId, seriesId, {
      clientId: client.memberId,
      serviceKind: 'bathing',
      rule: 'FREQ=WEEKLY',
      startsOn: day(1),
      startTime: '10:00',
      minutes: 60,
    });
    await city.get(PutRegular).run(desk.actor, city.bankId, seriesId, volunteer.memberId);
    const warn = () => city.get(WarnEnding).run(city.bankId);
    const losing = async () => (await city.get(FindLosing).run(city.bankId)).filter(({ memberId }) => memberId === volunteer.memberId);
    expect([await losing(), await warn()]).toEqual([[], 0]);
    await qualify(day(20));
    expect(await losing()).toMatchObject([{ qualification: 'personal_care', until: day(20), serviceKind: 'bathing' }]);
    const [{ visits = 0 } = {}] = await losing();
    expect(visits).toBeGreaterThan(1);
    const end = day(20);
    on(0, 13);
    // At ten at night nobody is rung.
    expect(await warn()).toBe(0);
    on(1);
    expect([await warn(), await warn()]).toEqual([1, 0]);
    on(6);
    expect([await warn(), await warn()]).toEqual([1, 0]);
    on(16);
    expect(await warn()).toBe(0);
    on(18);
    expect([await warn(), await warn()]).toEqual([1, 0]);
    await city.rooms.database.query('update person set sign_in_phone = $2 where person_id = $1', [volunteer.actor.personId, '13900002222']);
    await city.get(DeliverNotices).run(city.bankId);
    const told = await city.rooms.database.query<{ until: string }>(
      `select parameters->>'until' as until from notice where kind = 'qualification_ending' and person_id = $1`,
      [volunteer.actor.personId],
    );
    expect(told.map(({ until }) => until)).toEqual([end, end, end]);
    await city
      .get(PutExemption)
      .run(desk.actor, city.bankId, volunteer.memberId, 'personal_care', { validUntil: day(90), note: 'Renewing' });
    expect(await losing()).toEqual([]);
  });

  it('leave sound books behind', async () => {
    expect(await city.faults()).toEqual([]);
  });
});
