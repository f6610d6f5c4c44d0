import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { Course, CoursePatch } from '@timebank/contract';
import { newId } from '@timebank/kernel';
import { coursesOf, openCity, refusal, type TestCity, type TestCourses, type TestPerson } from '@timebank/testing';
import { EditCourse, TakeBackAttendance } from '@timebank/training';

const dayMinutes = 24 * 60;

describe('a course that changes', () => {
  let city: TestCity;
  let desk: TestPerson;
  let teacher: TestPerson;
  let on: TestCourses;
  beforeAll(async () => {
    city = await openCity();
    desk = await city.person('coordinator');
    teacher = await city.person('volunteer');
    on = coursesOf(city, desk, teacher);
    await on.fillPool(500);
  });
  afterAll(() => city.close());

  const edit = ({ courseId, version }: Course, change: Partial<CoursePatch>) =>
    city.get(EditCourse).run(desk.actor, city.bankId, courseId, { version, ...change });
  const takeBack = ({ courseId, sessions }: Course, who: TestPerson, note = 'It was somebody else') => {
    const key = { courseId, sessionId: sessions[0]?.sessionId ?? '', memberId: who.memberId };
    return city.get(TakeBackAttendance).run(desk.actor, city.bankId, key, note);
  };
  const told = async ({ courseId }: Course, kind: string) =>
    (
      await city.rooms.database.query<{ member: string }>(
        `select payload->>'memberId' as member from outbox where kind = $1 and payload->>'courseId' = $2 order by event_id`,
        [kind, courseId],
      )
    ).map(({ member }) => member);

  it('is edited by its version: those who signed up hear of another time or place, and never are fewer places than are taken', async () => {
    on.fresh();
    const signing = (await on.people(3)) as [TestPerson, TestPerson, TestPerson];
    const course = await on.laid();
    for (const who of signing) await on.signUp(course, who);
    const renamed = await edit(course, { title: 'First aid at home', places: 1, note: null });
    expect(renamed).toMatchObject({ title: 'First aid at home', places: 1, version: 2, note: null });
    expect(await told(course, 'courses/changed')).toEqual([]);
    await expect(edit(course, { title: 'Late' })).rejects.toMatchObject(refusal('courses/stale', { version: 2 }));
    const [session] = course.sessions as [Course['sessions'][number]];
    const moved = await edit(renamed, {
      sessions: [{ sessionId: session.sessionId, day: session.day, startTime: '10:00', endTime: '12:30' }],
    });
    expect(moved.sessions).toMatchObject([{ startTime: '10:00', endTime: '12:30', minutes: 150 }]);
    const everybody = [...signing, teacher].map(({ memberId }) => memberId).toSorted();
    expect((await told(course, 'courses/changed')).toSorted()).toEqual(everybody);
    const to = (startTime: string, endTime: string, sessionId = session.sessionId) => ({
      sessions: [{ ...session, sessionId, startTime, endTime }],
    });
    const bad: [Partial<CoursePatch>, string][] = [
      [to('12:00', '12:00'), 'courses/wrong_order'],
      [to('10:00', '11:00', newId()), 'courses/not_found'],
      [{ sessions: [{ ...session, day: on.dayOf(-dayMinutes) }] }, 'courses/already_begun'],
      [{ closesAt: new Date(Date.parse(moved.sessions[0]?.startsAt ?? '') + 1).toISOString() }, 'courses/closes_too_late'],
    ];
    for (const [change, code] of bad) {
      const { sessions, ...rest } = change;
      const plain = sessions?.map(({ sessionId, day, startTime, endTime }) => ({ sessionId, day, startTime, endTime }));
      await expect(edit(moved, { ...rest, ...(plain && { sessions: plain }) })).rejects.toMatchObject({ code });
    }
    on.later(dayMinutes);
    const drawn = await on.draw(course);
    expect(drawn).toMatchObject({ placed: 1, waiting: 2 });
    const wider = await edit(await on.read(course), { places: 2, place: 'Garden' });
    expect(wider).toMatchObject({ placed: 2, waiting: 1, place: 'Garden' });
    await expect(edit(wider, { places: 1 })).rejects.toMatchObject(refusal('courses/places_taken', { taken: 2 }));
    await expect(edit(wider, { closesAt: new Date(Date.parse(wider.closesAt) + 60_000).toISOString() })).rejects.toMatchObject({
      code: 'courses/already_drawn',
    });
    on.toSession(wider, 1);
    const begun = [{ sessionId: session.sessionId, day: session.day, startTime: '11:00', endTime: '12:30' }];
    await expect(edit(wider, { sessions: begun })).rejects.toMatchObject({ code: 'courses/already_begun' });
  });

  it('has what was written down of a session taken back before it is closed, with a reason, and written down again', async () => {
    on.fresh();
    const [one, other] = (await on.people(2)) as [TestPerson, TestPerson];
    const course = await on.drawn({}, [one, other]);
    on.toSession(course);
    for (const who of [one, other, teacher]) await on.attend(course, who, undefined, desk);
    const back = await takeBack(course, one);
    expect(back.learners.map(({ memberId, attended }) => [memberId, attended.length]).toSorted()).toEqual(
      [
        [one.memberId, 0],
        [other.memberId, 1],
      ].toSorted(),
    );
    await takeBack(course, one);
    await takeBack(course, teacher);
    expect(await told(course, 'courses/attendance_taken_back')).toEqual([one.memberId, teacher.memberId]);
    await expect(takeBack(course, await city.person('volunteer'))).rejects.toMatchObject({ code: 'courses/not_attended' });
    on.toSession(course, 120);
    await expect(on.close(course, [one, other])).rejects.toMatchObject({ code: 'courses/not_attended' });
    await on.attend(course, one, undefined, desk);
    const before = (await city.balance(teacher)).balanceMinutes;
    const closed = await on.close(course, [one, other]);
    expect(closed.learners.map(({ result }) => result)).toEqual(['passed', 'passed']);
    expect((await city.balance(teacher)).balanceMinutes).toBe(before);
    await expect(takeBack(course, other)).rejects.toMatchObject({ code: 'courses/over' });
    await expect(edit(closed, { title: 'Over' })).rejects.toMatchObject({ code: 'courses/over' });
    expect(await city.faults()).toEqual([]);
  });
});
