import type { Course, CourseInput } from '@timebank/contract';
import { deriveId } from '@timebank/database';
import { localDate, newId } from '@timebank/kernel';
import { PostTransfers } from '@timebank/ledger';
import { AttendSession, CloseCourse, DrawCourse, PutCourse, ReadCourses, TakePlace } from '@timebank/training';
import { OpenDisplay, ReadCandidate, ReadScreen } from '@timebank/visits';
import { testOrigin, type TestCity, type TestPerson } from './test-city';

const dayMinutes = 24 * 60;

/** Courses of a city in a line each, with a desk and a teacher; time is counted in minutes from `testStart`. */
export function coursesOf(city: TestCity, desk: TestPerson, teacher: TestPerson) {
  let now = 0;
  async function fillPool(minutes: number): Promise<void> {
    await city.give(teacher, minutes);
    const [outcome] = await city.get(PostTransfers).run([
      {
        bankId: city.bankId,
        transferId: newId(),
        debitAccountId: teacher.accountId,
        creditAccountId: deriveId(city.bankId, 'pool'),
        minutes,
        kind: 'donation',
        class: null,
        visitId: null,
        reversesId: null,
        memoCode: null,
        actorId: teacher.actor.personId,
        effectiveAt: city.rooms.clock.now(),
        holdId: null,
        overflow: null,
        cover: null,
      },
    ]);
    if (outcome?.outcome !== 'posted') throw new Error('the pool was not filled');
  }
  const at = (minutes: number) => {
    now = minutes;
    return city.at(minutes);
  };
  /** Each course a month of its own: the books do not go back. */
  const fresh = () => at((Math.floor(now / (30 * dayMinutes)) + 1) * 30 * dayMinutes);
  const dayOf = (minutes: number) => localDate(new Date(city.rooms.clock.now().getTime() + minutes * 60_000), 'Asia/Shanghai');
  const people = async (count: number) => {
    const found: TestPerson[] = [];
    for (let turn = 0; turn < count; turn += 1) found.push(await city.person('volunteer'));
    return found;
  };
  const inputOf = (more: Partial<CourseInput> = {}): CourseInput => ({
    title: 'First aid',
    place: 'Ninghai Road 12',
    places: 2,
    qualification: 'first_aid',
    serviceKinds: ['urgent_help'],
    teachers: [teacher.memberId],
    sessions: [{ sessionId: newId(), day: dayOf(3 * dayMinutes), startTime: '09:00', endTime: '11:00' }],
    closesAt: new Date(city.rooms.clock.now().getTime() + dayMinutes * 60_000).toISOString(),
    ...more,
  });
  const put = (input: CourseInput, courseId = newId(), by = desk) => city.get(PutCourse).run(by.actor, city.bankId, courseId, input);
  const laid = async (more: Partial<CourseInput> = {}): Promise<Course> => (await put(inputOf(more))).value;
  const signUp = async ({ courseId }: Course, who: TestPerson, by = who) =>
    (await city.get(TakePlace).put(by.actor, city.bankId, courseId, who.memberId)).value;
  const leave = ({ courseId }: Course, who: TestPerson) => city.get(TakePlace).withdraw(who.actor, city.bankId, courseId, who.memberId);
  const draw = ({ courseId }: Course, by = desk) => city.get(DrawCourse).run(by.actor, city.bankId, courseId);
  const read = ({ courseId }: Course, by = desk) => city.get(ReadCourses).one(by.actor, city.bankId, courseId);
  const attend = ({ courseId, sessions }: Course, who: TestPerson, code?: string, by = who) =>
    city
      .get(AttendSession)
      .run(
        by.actor,
        city.bankId,
        { courseId, sessionId: sessions[0]?.sessionId ?? '', memberId: who.memberId },
        code === undefined ? {} : { code },
      );
  const close = ({ courseId }: Course, passed: readonly TestPerson[], by = desk, more = {}) =>
    city.get(CloseCourse).run(by.actor, city.bankId, courseId, { passed: passed.map(({ memberId }) => memberId), ...more });
  const drawn = async (more: Partial<CourseInput>, signing: readonly TestPerson[]) => {
    const course = await laid(more);
    for (const who of signing) await signUp(course, who);
    at(now + dayMinutes);
    return draw(course);
  };
  /** To the beginning of its first session, in minutes after `testStart` (09:00 there). */
  const toSession = ({ sessions }: Course, minutes = 0) => {
    const startsAt = new Date(sessions[0]?.startsAt ?? 0).getTime();
    at(now + (startsAt - city.rooms.clock.now().getTime()) / 60_000 + minutes);
  };
  const shownNow = async () => {
    const { value } = await city.get(OpenDisplay).run(desk.actor, city.bankId, newId(), { name: 'Hall' });
    return city.get(ReadScreen).run(value.screenUrl.slice(`${testOrigin}/screen/`.length));
  };
  const codeNow = async () => (await shownNow()).url;
  const gateOf = async (kind: string, who: TestPerson) => {
    const client = await city.client(2_000);
    const requestId = await city.request(desk, client, new Date(city.rooms.clock.now().getTime() + 60 * 60_000), 60, kind);
    return (await city.get(ReadCandidate).run(desk.actor, city.bankId, requestId, who.memberId)).gate;
  };
  /** So many minutes on. */
  const later = (minutes: number) => at(now + minutes);
  return {
    fillPool,
    fresh,
    dayOf,
    people,
    put,
    laid,
    signUp,
    leave,
    draw,
    read,
    attend,
    close,
    drawn,
    toSession,
    shownNow,
    codeNow,
    gateOf,
    inputOf,
    later,
  };
}

export type TestCourses = ReturnType<typeof coursesOf>;
