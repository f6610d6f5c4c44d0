import { Injectable } from '@nestjs/common';
import { type Actor, hasRole, memberIn } from '@timebank/access';
import { ReadBank } from '@timebank/banks';
import { type AnswerOf, type Course, type CourseLine, type CourseQuery, type CourseState, refuse, type RoleName } from '@timebank/contract';
import { cutPage, UnitOfWork } from '@timebank/database';
import { localDate, localMinute, minutesBetween, type Zone } from '@timebank/kernel';
import { OwnMember } from '@timebank/members';
import { stands } from './attended.sql';
import { courseState } from './course-lock';
import type { CourseRow } from './course.entity';
import { lotOf } from './draw.rules';

type SessionRow = { sessionId: string; startsAt: string; endsAt: string };
type LineRow = CourseRow &
  Pick<CourseLine, 'serviceKinds' | 'qualificationNames' | 'signedUp' | 'placed' | 'waiting' | 'own' | 'attended' | 'teaches'>;
type Row = LineRow & { state: CourseState; sessions: SessionRow[] };
type Learner = Course['learners'][number];

/** How long after its end a course stands among one's own. */
const ownDays = 180;

const select = `
  select c.*, ${courseState} as state,
    array(select k.service_kind from course_service_kind k where k.bank_id = c.bank_id and k.course_id = c.course_id order by 1) as service_kinds,
    (select jsonb_object_agg(n.language, n.name) from qualification_kind_name n where n.code = c.qualification) as qualification_names,
    (select jsonb_agg(jsonb_build_object('sessionId', s.session_id, 'startsAt', s.starts_at, 'endsAt', s.ends_at) order by s.starts_at)
       from course_session s where s.bank_id = c.bank_id and s.course_id = c.course_id) as sessions,
    p.signed_up, p.placed, p.waiting, p.own,
    array(select a.session_id from course_attendance a where a.bank_id = c.bank_id and a.course_id = c.course_id and a.member_id = $3 and ${stands}) as attended,
    exists (select from course_teacher t where t.bank_id = c.bank_id and t.course_id = c.course_id and t.member_id = $3) as teaches
  from course c cross join lateral (
    select count(*) filter (where p.state <> 'withdrawn')::integer as signed_up, count(*) filter (where p.state = 'placed')::integer as placed,
      count(*) filter (where p.state = 'waiting')::integer as waiting,
      (array_agg(jsonb_build_object('state', p.state, 'ticket', p.ticket, 'turn', p.turn, 'result', p.result)) filter (where p.member_id = $3))[1] as own
      from course_place p where p.bank_id = c.bank_id and p.course_id = c.course_id) p`;

/** Courses as people see them: who learns there is for staff, the tickets and the seed of a draw for everybody. */
@Injectable()
export class ReadCourses {
  constructor(
    private readonly unit: UnitOfWork,
    private readonly readBank: ReadBank,
    private readonly ownMember: OwnMember,
  ) {}

  async list(actor: Actor, bankId: string, { state, ...page }: CourseQuery): Promise<AnswerOf<'listCourses'>> {
    return this.unit.run([bankId], async () => {
      const found = await this.unit.query<Row>(
        `${select} where c.bank_id = $1 and ($4::text is null or ${courseState} = $4) order by c.created_at desc, c.course_id limit 2000`,
        [bankId, this.unit.now, memberIn(actor, bankId), state ?? null],
      );
      return cutPage(await this.shown(bankId, found), page);
    });
  }

  /** Those of one's own bank that go on, and those where one learnt or taught of late. */
  async own(actor: Actor): Promise<AnswerOf<'myCourses'>> {
    const member = await this.ownMember.run(actor);
    if (!member) return { items: [] };
    const { bankId, memberId } = member;
    return this.unit.run([bankId], async () => {
      const found = await this.unit.query<Row>(
        `select * from (${select} where c.bank_id = $1) o
          where (o.state in ('open', 'to_draw', 'drawn') or o.own is not null or o.teaches)
            and exists (select from course_session s where s.bank_id = $1 and s.course_id = o.course_id
                         and s.ends_at > $2::timestamptz - make_interval(days => $4))
          order by (select min(s.starts_at) from course_session s where s.bank_id = $1 and s.course_id = o.course_id), o.course_id limit 50`,
        [bankId, this.unit.now, memberId, ownDays],
      );
      return { items: await this.shown(bankId, found) };
    });
  }

  async one(actor: Actor, bankId: string, courseId: string): Promise<Course> {
    return this.unit.run([bankId], async () => {
      const [row] = await this.unit.query<Row>(`${select} where c.bank_id = $1 and c.course_id = $4`, [
        bankId,
        this.unit.now,
        memberIn(actor, bankId),
        courseId,
      ]);
      if (!row) throw refuse('courses/not_found');
      const isStaff = (['coordinator', 'admin', 'auditor'] as RoleName[]).some((role) => hasRole(actor, role, bankId));
      const { zone } = await this.readBank.run(bankId);
      const learners = await this.learners(bankId, courseId);
      const tickets = learners
        .map(({ ticket, state }) => ({ ticket, state, lot: row.seed === null ? null : lotOf(row.seed, ticket) }))
        .sort((one, other) => one.ticket - other.ticket);
      const teachers = await this.teachers(bankId, courseId);
      const known = isStaff ? teachers : teachers.map((teacher) => ({ ...teacher, attended: [] }));
      return { ...lineOf(row, zone), tickets, learners: isStaff ? learners : [], teachers: known, cancelNote: row.cancelNote };
    });
  }

  private async shown(bankId: string, rows: readonly Row[]): Promise<CourseLine[]> {
    const { zone } = await this.readBank.run(bankId);
    return rows.map((row) => lineOf(row, zone));
  }

  private learners(bankId: string, courseId: string): Promise<Learner[]> {
    return this.unit.query<Learner>(
      `select p.member_id, m.name, m.member_number, p.ticket, p.state, p.turn, p.result, p.granted_until, ${attendedBy('p')} as attended
         from course_place p join member m on m.bank_id = p.bank_id and m.member_id = p.member_id
        where p.bank_id = $1 and p.course_id = $2
        order by array_position(array['placed', 'waiting', 'signed_up', 'withdrawn'], p.state), p.turn, m.name, p.ticket`,
      [bankId, courseId],
    );
  }

  private teachers(bankId: string, courseId: string): Promise<Course['teachers']> {
    return this.unit.query<Course['teachers'][number]>(
      `select t.member_id, m.name, ${attendedBy('t')} as attended
         from course_teacher t join member m on m.bank_id = t.bank_id and m.member_id = t.member_id
        where t.bank_id = $1 and t.course_id = $2 order by m.name, t.member_id`,
      [bankId, courseId],
    );
  }
}

const attendedBy = (who: string) => `array(select a.session_id from course_attendance a
  where a.bank_id = $1 and a.course_id = $2 and a.member_id = ${who}.member_id and ${stands})`;

function lineOf(row: Row, zone: Zone): CourseLine {
  const sessions = row.sessions.map(({ sessionId, ...times }) => {
    const [startsAt, endsAt] = [new Date(times.startsAt), new Date(times.endsAt)];
    return {
      sessionId,
      day: localDate(startsAt, zone),
      startTime: localMinute(startsAt, zone).slice(11),
      endTime: localMinute(endsAt, zone).slice(11),
      startsAt: startsAt.toISOString(),
      endsAt: endsAt.toISOString(),
      minutes: minutesBetween(startsAt, endsAt),
    };
  });
  return { ...row, sessions, closesAt: row.closesAt.toISOString(), seedHash: row.seedHash.toString('hex') };
}
