import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { Course, CourseInput } from '@timebank/contract';
import { UnitOfWork } from '@timebank/database';
import { newId } from '@timebank/kernel';
import { Extensions, MemberPlans, Mentors, PutQualification, QualificationKinds, ReadStandings } from '@timebank/members';
import { coursesOf, openCity, refusal, type TestCity, type TestCourses, type TestPerson } from '@timebank/testing';
import { CancelCourse, lotOf, OwnQualifications } from '@timebank/training';

const dayMinutes = 24 * 60;

describe('courses', () => {
  let city: TestCity;
  let desk: TestPerson;
  let colleague: TestPerson;
  let teacher: TestPerson;
  let on: TestCourses;
  beforeAll(async () => {
    city = await openCity();
    desk = await city.person('coordinator', 'volunteer');
    colleague = await city.person('coordinator', 'volunteer');
    teacher = await city.person('volunteer');
    on = coursesOf(city, desk, teacher);
    await on.fillPool(6_000);
  });
  afterAll(() => city.close());

  it('are laid down once, in hours of the bank, the seed known by its hash alone', async () => {
    on.fresh();
    const [courseId, input] = [newId(), on.inputOf()];
    const { first, value } = await on.put(input, courseId);
    expect(first).toBe(true);
    expect(value).toMatchObject({ state: 'open', seed: null, signedUp: 0, teachers: [{ memberId: teacher.memberId }] });
    expect(value.sessions).toMatchObject([{ startTime: '09:00', endTime: '11:00', minutes: 120 }]);
    expect(value.sessions[0]?.startsAt).toBe(`${value.sessions[0]?.day}T01:00:00.000Z`);
    expect((await on.put(input, courseId)).first).toBe(false);
    await expect(on.put({ ...input, places: 3 }, courseId)).rejects.toMatchObject(refusal('courses/id_reused'));
  });

  it('are refused with what cannot be, and then nothing is there', async () => {
    on.fresh();
    const [day, past] = [on.dayOf(3 * dayMinutes), on.dayOf(-dayMinutes)];
    const session = { sessionId: newId(), day, startTime: '09:00', endTime: '11:00' };
    const bad: [Partial<CourseInput>, string][] = [
      [{ sessions: [{ ...session, endTime: '09:00' }] }, 'courses/wrong_order'],
      [{ sessions: [{ ...session, startTime: '12:00' }] }, 'courses/wrong_order'],
      [{ sessions: [session, session] }, 'courses/listed_twice'],
      [{ sessions: [session, { ...session, sessionId: newId(), startTime: '10:59', endTime: '12:00' }] }, 'courses/listed_twice'],
      [{ sessions: [{ ...session, day: past }] }, 'courses/already_begun'],
      [{ closesAt: `${day}T01:00:01Z` }, 'courses/closes_too_late'],
      [{ closesAt: new Date(city.rooms.clock.now().getTime()).toISOString() }, 'courses/already_begun'],
      [{ qualification: 'no_such' }, 'qualifications/unknown_kind'],
      [{ qualification: undefined, isRefresher: true }, 'courses/no_qualification'],
      [{ serviceKinds: ['no_such'] }, 'requests/unknown_service_kind'],
      [{ teachers: [newId()] }, 'members/not_found'],
      [{ teachers: [(await city.client()).memberId] }, 'members/not_a_volunteer'],
    ];
    for (const [more, code] of bad) {
      const courseId = newId();
      await expect(on.put(on.inputOf(more), courseId)).rejects.toMatchObject({ code });
      await expect(on.read({ courseId } as Course)).rejects.toMatchObject(refusal('courses/not_found'));
    }
    const other = await on.laid({ sessions: [session] });
    await expect(on.put(on.inputOf({ sessions: [session] }))).rejects.toMatchObject({ code: 'courses/id_reused' });
    expect(other.sessions).toHaveLength(1);
  });

  it('give a ticket to whoever signs up, by phone or on paper, and to nobody whom they are not for', async () => {
    on.fresh();
    const [one, other] = await on.people(2);
    const course = await on.laid();
    if (!one || !other) return;
    expect(await on.signUp(course, one)).toMatchObject({ ticket: 1, state: 'signed_up' });
    expect(await on.signUp(course, other, desk)).toMatchObject({ ticket: 2, state: 'signed_up' });
    expect(await on.signUp(course, one)).toMatchObject({ ticket: 1 });
    await expect(on.signUp(course, one, other)).rejects.toMatchObject(refusal('access/not_allowed'));
    await expect(on.signUp(course, teacher)).rejects.toMatchObject(refusal('courses/teaches_it'));
    const client = await city.client();
    await expect(on.signUp(course, client)).rejects.toMatchObject(refusal('members/not_a_volunteer'));
    expect(await on.leave(course, one)).toMatchObject({ state: 'withdrawn' });
    expect(await on.signUp(course, one)).toMatchObject({ ticket: 3, state: 'signed_up' });
    expect(await on.read(course, other)).toMatchObject({ learners: [], signedUp: 2, own: { ticket: 2 } });
    expect((await on.read(course)).learners.map(({ ticket }) => ticket).sort()).toEqual([2, 3]);
  });

  it('are drawn by the seed that was promised, once, when sign-up is over', async () => {
    on.fresh();
    const signing = await on.people(5);
    const course = await on.laid();
    for (const who of signing) await on.signUp(course, who);
    await expect(on.draw(course)).rejects.toMatchObject({ code: 'courses/sign_up_open' });
    on.later(dayMinutes);
    await expect(on.signUp(course, await city.person('volunteer'))).rejects.toMatchObject({ code: 'courses/sign_up_over' });
    const done = await on.draw(course);
    const seed = done.seed ?? '';
    expect(done.seedHash).toBe(course.seedHash);
    expect(lotOf(seed, 1)).toHaveLength(64);
    const byLot = done.tickets.map(({ ticket }) => ({ ticket, lot: lotOf(seed, ticket) })).sort((a, b) => (a.lot < b.lot ? -1 : 1));
    expect(
      done.tickets
        .filter(({ state }) => state === 'placed')
        .map(({ ticket }) => ticket)
        .sort(),
    ).toEqual(
      byLot
        .slice(0, 2)
        .map(({ ticket }) => ticket)
        .sort(),
    );
    expect(done.learners.filter(({ state }) => state === 'waiting').map(({ ticket, turn }) => [ticket, turn])).toEqual(
      byLot.slice(2).map(({ ticket }, index) => [ticket, index + 1]),
    );
    await expect(on.draw(course)).rejects.toMatchObject(refusal('courses/already_drawn'));
    expect((await on.read(course)).tickets).toEqual(done.tickets);
    // Whoever has waited longest moves up; then a coordinator adds somebody at the end.
    const placed = done.learners.find(({ state }) => state === 'placed');
    const gone = signing.find(({ memberId }) => memberId === placed?.memberId) as TestPerson;
    await on.leave(course, gone);
    const after = await on.read(course);
    expect(after.placed).toBe(2);
    expect(after.learners.find(({ ticket }) => ticket === byLot[2]?.ticket)).toMatchObject({ state: 'placed', turn: null });
    expect(await on.signUp(course, await city.person('volunteer'), desk)).toMatchObject({ state: 'waiting', turn: 4 });
    // So does who leaves the bank.
    const leaver = signing.find(({ memberId }) => memberId === after.learners.find(({ state }) => state === 'placed')?.memberId);
    await city.get(UnitOfWork).run([city.bankId], () => city.get(MemberPlans).end(desk.actor, city.bankId, leaver?.memberId ?? ''));
    expect(await on.read(course)).toMatchObject({ placed: 2 });
  });

  it('fill to the last place and no further under 32 callers at once, and nobody gets two tickets', async () => {
    on.fresh();
    const course = await on.laid({ places: 5 });
    on.later(dayMinutes);
    await on.draw(course);
    const signing = await on.people(16);
    const answers = await Promise.all([...signing, ...signing].map((who) => on.signUp(course, who, desk)));
    expect(new Set(answers.map(({ memberId, ticket }) => `${memberId} ${ticket}`)).size).toBe(16);
    expect(await on.read(course)).toMatchObject({ placed: 5, waiting: 11, signedUp: 16 });
    const turns = (await on.read(course)).learners.flatMap(({ turn }) => turn ?? []);
    expect(turns.sort((a, b) => a - b)).toEqual(Array.from({ length: 11 }, (_, index) => index + 1));
    const placed = new Set((await on.read(course)).learners.flatMap(({ state, memberId }) => (state === 'placed' ? [memberId] : [])));
    await Promise.all(signing.filter(({ memberId }) => placed.has(memberId)).map((who) => on.leave(course, who)));
    expect(await on.read(course)).toMatchObject({ placed: 5, waiting: 6, signedUp: 11 });
  });

  it('know by the code of a screen who was there, once a code, at its time', async () => {
    on.fresh();
    const [learner, stranger] = await on.people(2);
    if (!learner || !stranger) return;
    const course = await on.drawn({}, [learner]);
    const code = await on.codeNow();
    await expect(on.attend(course, learner, code)).rejects.toMatchObject({ code: 'courses/not_now' });
    on.toSession(course);
    await expect(on.attend(course, stranger, code)).rejects.toMatchObject(refusal('courses/no_place'));
    await expect(on.attend(course, learner, 'ABCD-EFGH')).rejects.toMatchObject(refusal('visits/unknown_card'));
    await expect(on.attend(course, learner)).rejects.toMatchObject(refusal('access/not_allowed'));
    await expect(on.attend(course, learner, code, stranger)).rejects.toMatchObject(refusal('access/not_allowed'));
    expect(await on.attend(course, learner, code)).toMatchObject({ first: true, value: { minutes: 120 } });
    expect((await on.attend(course, learner, await on.codeNow())).first).toBe(false);
    expect((await on.attend(course, teacher, code)).first).toBe(true);
    expect((await on.read(course)).learners[0]?.attended).toEqual([course.sessions[0]?.sessionId]);
    await expect(on.close(course, [learner])).rejects.toMatchObject({ code: 'courses/not_over' });
  });

  it('qualify whoever passed when they are closed, train them, and pay who taught, all of it once', async () => {
    on.fresh();
    const signing = await on.people(3);
    const [learner, absent] = signing as [TestPerson, TestPerson, TestPerson];
    const course = await on.drawn({ places: 3 }, signing);
    on.toSession(course);
    await on.attend(course, teacher, await on.codeNow());
    await on.attend(course, learner, undefined, desk);
    on.toSession(course, 121);
    await expect(on.close(course, [absent])).rejects.toMatchObject(refusal('courses/not_attended', { memberId: absent.memberId }));
    await expect(on.close(course, [await city.person('volunteer')])).rejects.toMatchObject({ code: 'courses/no_place' });
    await expect(on.close(course, [learner, learner])).rejects.toMatchObject({ code: 'courses/listed_twice' });
    expect((await on.read(course)).state).toBe('drawn');
    const before = (await city.balance(teacher)).balanceMinutes;
    const closed = await on.close(course, [learner]);
    const today = on.dayOf(0);
    const granted = `${Number(today.slice(0, 4)) + 2}${today.slice(4)}`;
    expect(closed).toMatchObject({ state: 'closed' });
    expect(closed.learners.filter(({ result }) => result === 'passed')).toMatchObject([{ memberId: learner.memberId }]);
    expect((closed.learners.find(({ memberId }) => memberId === learner.memberId)?.grantedUntil ?? '') < granted).toBe(true);
    expect((await city.balance(teacher)).balanceMinutes - before).toBe(120);
    expect((await city.balance(learner)).balanceMinutes).toBe(0);
    expect(await on.close(course, [learner])).toEqual(closed);
    await expect(on.close(course, [])).rejects.toMatchObject({ code: 'courses/over' });
    expect((await city.balance(teacher)).balanceMinutes - before).toBe(120);
    expect(await on.gateOf('urgent_help', learner)).toEqual([]);
    expect(await on.gateOf('urgent_help', absent)).toContain('qualification_missing');
    await expect(on.signUp(course, absent)).rejects.toMatchObject({ code: 'courses/over' });
    expect(await city.faults()).toEqual([]);
  });

  it('are closed by nobody who learns or taught there, and not where the pool cannot pay', async () => {
    on.fresh();
    const course = await on.drawn({ teachers: [colleague.memberId], qualification: undefined }, [desk]);
    on.toSession(course);
    await on.attend(course, colleague, undefined, desk);
    await on.attend(course, desk, undefined, colleague);
    on.toSession(course, 121);
    await expect(on.close(course, [desk])).rejects.toMatchObject(refusal('access/not_allowed'));
    await expect(on.close(course, [desk], colleague)).rejects.toMatchObject(refusal('access/not_allowed'));
    expect((await on.read(course)).state).toBe('drawn');
    const closed = await on.close(course, [desk], colleague, { payTeachers: false });
    expect(closed.learners).toMatchObject([{ result: 'passed', grantedUntil: null }]);
  });

  it('renew by a refresher once enough was learnt since', async () => {
    on.fresh();
    await city.get(QualificationKinds).put('night_care', {
      names: { 'zh-Hans': 'Night care' },
      validityMonths: 12,
      reactivateWithinDays: 30,
      refresherMinutes: 180,
    });
    const learner = await city.person('volunteer');
    const { run } = {
      run: (until: string) => city.get(PutQualification).run(desk.actor, city.bankId, learner.memberId, 'night_care', until),
    };
    await run(on.dayOf(10 * dayMinutes));
    const extended = newId();
    const own = async () => (await city.get(OwnQualifications).run(learner.actor)).items;
    const untils: (string | null | undefined)[] = [];
    for (let turn = 0; turn < 2; turn += 1) {
      const course = await on.drawn({ qualification: 'night_care', isRefresher: true, serviceKinds: [], teachers: [] }, [learner]);
      on.toSession(course);
      await on.attend(course, learner, undefined, desk);
      on.toSession(course, 121);
      untils.push((await on.close(course, [learner])).learners[0]?.grantedUntil);
      expect((await own())[0]).toMatchObject({ learntMinutes: turn === 0 ? 120 : 0, refresherMinutes: 180 });
      if (turn > 0) continue;
      // An extension is no grant, and neither is its end: what was learnt still counts.
      const held = (await own())[0]?.until ?? '';
      const lasting = { code: 'night_care', from: held, to: held, validUntil: on.dayOf(60 * dayMinutes), note: 'Courses were closed' };
      await city.get(Extensions).put(desk.actor, city.bankId, extended, lasting);
      expect((await own())[0]).toMatchObject({ until: lasting.validUntil, learntMinutes: 120 });
      await city.get(Extensions).undo(desk.actor, city.bankId, extended);
      expect((await own())[0]).toMatchObject({ until: held, learntMinutes: 120 });
    }
    const last = await city.one<{ until: string }>(`select valid_until::text as until from qualification where member_id = $1`, [
      learner.memberId,
    ]);
    expect(untils).toEqual([null, last.until]);
    expect((await own())[0]).toMatchObject({ status: 'valid', until: last.until });
  });

  it('are not taken back with an extension that came before, and give nobody a place once they are over', async () => {
    on.fresh();
    const signing = await on.people(4);
    const course = await on.drawn({}, signing);
    const placed = course.learners.flatMap(({ state, memberId }) => (state === 'placed' ? [memberId] : []));
    const [passed, gone] = signing.filter(({ memberId }) => placed.includes(memberId)) as [TestPerson, TestPerson];
    const [held, validUntil, extensionId] = [on.dayOf(20 * dayMinutes), on.dayOf(900 * dayMinutes), newId()];
    await city.get(PutQualification).run(desk.actor, city.bankId, passed.memberId, 'first_aid', held);
    const lasting = { code: 'first_aid', from: held, to: held, validUntil, note: 'Courses were closed' };
    await city.get(Extensions).put(desk.actor, city.bankId, extensionId, lasting);
    on.toSession(course);
    await on.attend(course, passed, undefined, desk);
    on.toSession(course, 121);
    await on.leave(course, gone);
    expect(await on.read(course)).toMatchObject({ placed: 1, waiting: 2 });
    expect((await on.close(course, [passed])).learners.find(({ result }) => result === 'passed')?.grantedUntil).toBe(validUntil);
    await city.get(Extensions).undo(desk.actor, city.bankId, extensionId);
    expect((await city.get(OwnQualifications).run(passed.actor)).items[0]).toMatchObject({ until: validUntil });
  });

  it('are called off with a reason, and then over', async () => {
    on.fresh();
    const course = await on.laid();
    await on.signUp(course, await city.person('volunteer'));
    const cancel = (note: string) => city.get(CancelCourse).run(desk.actor, city.bankId, course.courseId, note);
    expect(await cancel('Nobody can teach')).toMatchObject({ state: 'cancelled', cancelNote: 'Nobody can teach' });
    expect(await cancel('Nobody can teach')).toMatchObject({ state: 'cancelled' });
    await expect(cancel('Other')).rejects.toMatchObject({ code: 'courses/over' });
    on.later(dayMinutes);
    await expect(on.draw(course)).rejects.toMatchObject({ code: 'courses/over' });
  });

  it('let a newcomer do what is risky with a mentor, and not alone', async () => {
    on.fresh();
    const [mentor, newcomer] = (await on.people(2)) as [TestPerson, TestPerson];
    for (const { memberId } of [mentor, newcomer])
      await city.get(PutQualification).run(desk.actor, city.bankId, memberId, 'personal_care', on.dayOf(90 * dayMinutes));
    expect(await on.gateOf('bathing', newcomer)).toEqual([]);
    await expect(city.get(Mentors).put(desk.actor, city.bankId, desk.memberId)).rejects.toMatchObject(refusal('access/not_allowed'));
    expect((await city.get(Mentors).put(desk.actor, city.bankId, mentor.memberId)).first).toBe(true);
    expect((await city.get(Mentors).put(desk.actor, city.bankId, mentor.memberId)).first).toBe(false);
    expect([await on.gateOf('bathing', newcomer), await on.gateOf('bathing', mentor), await on.gateOf('company', newcomer)]).toEqual([
      ['pair_needed'],
      [],
      [],
    ]);
    await city.get(Mentors).end(city.bankId, mentor.memberId);
    expect(await on.gateOf('bathing', newcomer)).toEqual([]);
    const standings = await city.get(UnitOfWork).run([city.bankId], () => city.get(ReadStandings).run(city.bankId, newcomer.memberId));
    expect(standings).toMatchObject([{ code: 'personal_care', status: 'valid' }]);
  });
});
