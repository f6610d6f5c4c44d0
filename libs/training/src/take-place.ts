import { Injectable } from '@nestjs/common';
import { type Actor, hasRole, memberIn } from '@timebank/access';
import { type CoursePlace, refuse, type Stored } from '@timebank/contract';
import { UnitOfWork } from '@timebank/database';
import { beginningOf, CourseLock, isOver, type LockedCourse } from './course-lock';
import { CoursePlaceRow } from './course.entity';
import { movesUp, nextPlace } from './places.rules';

type Standing = { placed: number; lastTurn: number; lastTicket: number };

/**
 * Signs somebody up for a course, or lets them withdraw: the volunteer themselves, or a coordinator from paper, into the same pot. Until the draw all have
 * tickets; after it a coordinator gives what is free, or the end of the list. A place that falls free goes to who has waited longest, as long as there is
 * something left to come to.
 */
@Injectable()
export class TakePlace {
  constructor(
    private readonly unit: UnitOfWork,
    private readonly lock: CourseLock,
  ) {}

  /**
   * Idempotent. Refuses `courses/over`, `courses/sign_up_over`, `courses/teaches_it`, `members/not_found` and `members/not_a_volunteer`.
   */
  async put(actor: Actor, bankId: string, courseId: string, memberId: string): Promise<Stored<CoursePlace>> {
    const isStaff = this.check(actor, bankId, memberId);
    return this.unit.run([bankId], async () => {
      const course = await this.lock.live(bankId, courseId);
      const before = await this.placeOf(bankId, courseId, memberId);
      if (before && before.state !== 'withdrawn') return { first: false, value: answerOf(before) };
      this.refuseLate(course, isStaff);
      await this.checkMember(bankId, courseId, memberId);
      const { placed, lastTurn, lastTicket } = await this.standing(bankId, courseId);
      const given =
        course.state === 'open' ? ({ state: 'signed_up', turn: null } as const) : nextPlace({ places: course.places, placed, lastTurn });
      const by = { signedUpBy: actor.personId, signedUpAt: this.unit.now };
      const key = { bankId, courseId, memberId };
      const row = { ...given, ticket: lastTicket + 1, ...by };
      if (before) await this.unit.updateRow(CoursePlaceRow, key, row);
      else await this.unit.insertRow(CoursePlaceRow, { ...key, ...row });
      return { first: before === null, value: answerOf({ ...key, ...row }) };
    });
  }

  /** Repeatable. Refuses `courses/over`, and `courses/no_place` for who never signed up. */
  async withdraw(actor: Actor, bankId: string, courseId: string, memberId: string): Promise<CoursePlace> {
    this.check(actor, bankId, memberId);
    return this.unit.run([bankId], () => this.leave(bankId, courseId, memberId));
  }

  /** In the caller's unit of work. */
  async leave(bankId: string, courseId: string, memberId: string): Promise<CoursePlace> {
    const course = await this.lock.live(bankId, courseId);
    const before = await this.placeOf(bankId, courseId, memberId);
    if (!before) throw refuse('courses/no_place', {}, 'params.memberId');
    const withdrawn = { state: 'withdrawn', turn: null } as const;
    if (before.state !== 'withdrawn') await this.unit.updateRow(CoursePlaceRow, { bankId, courseId, memberId }, withdrawn);
    if (before.state === 'placed' && !isOver(course, this.unit.now)) await this.moveUp(course);
    return answerOf({ ...before, ...withdrawn });
  }

  /** In the caller's unit of work, which holds the course. */
  async moveUp(course: LockedCourse): Promise<void> {
    const { bankId, courseId, places } = course;
    const { placed } = await this.standing(bankId, courseId);
    const waiting = await this.unit.query<{ memberId: string; turn: number }>(
      `select member_id, turn from course_place where bank_id = $1 and course_id = $2 and state = 'waiting' order by turn`,
      [bankId, courseId],
    );
    for (const { memberId } of movesUp({ places, placed }, waiting)) {
      await this.unit.updateRow(CoursePlaceRow, { bankId, courseId, memberId }, { state: 'placed', turn: null });
      this.unit.tell(bankId, 'courses/placed', { memberId, courseId, startsAt: beginningOf(course) });
    }
  }

  private check(actor: Actor, bankId: string, memberId: string): boolean {
    const isStaff = hasRole(actor, 'coordinator', bankId);
    if (!isStaff && memberIn(actor, bankId) !== memberId) throw refuse('access/not_allowed', {}, 'params.memberId');
    return isStaff;
  }

  private refuseLate(course: LockedCourse, isStaff: boolean): void {
    const { state, closesAt } = course;
    if (state === 'open') return;
    if (state !== 'drawn' || !isStaff || isOver(course, this.unit.now))
      throw refuse('courses/sign_up_over', { closesAt: closesAt.toISOString() });
  }

  private async checkMember(bankId: string, courseId: string, memberId: string): Promise<void> {
    const member = await this.unit.one<{ isVolunteer: boolean; teaches: boolean }>(
      `select exists (select from role r where r.bank_id = $1 and r.member_id = $3 and r.role = 'volunteer') as is_volunteer,
              exists (select from course_teacher t where t.bank_id = $1 and t.course_id = $2 and t.member_id = $3) as teaches
         from member m where m.bank_id = $1 and m.member_id = $3 and m.left_on is null for no key update of m`,
      [bankId, courseId, memberId],
    );
    if (!member) throw refuse('members/not_found', {}, 'params.memberId');
    if (!member.isVolunteer) throw refuse('members/not_a_volunteer', {}, 'params.memberId');
    if (member.teaches) throw refuse('courses/teaches_it', {}, 'params.memberId');
  }

  private placeOf(bankId: string, courseId: string, memberId: string): Promise<CoursePlaceRow | null> {
    return this.unit.one<CoursePlaceRow>('select * from course_place where bank_id = $1 and course_id = $2 and member_id = $3', [
      bankId,
      courseId,
      memberId,
    ]);
  }

  private async standing(bankId: string, courseId: string): Promise<Standing> {
    const found = await this.unit.one<Standing>(
      `select count(*) filter (where state = 'placed')::integer as placed, coalesce(max(turn), 0) as last_turn, coalesce(max(ticket), 0) as last_ticket
         from course_place where bank_id = $1 and course_id = $2`,
      [bankId, courseId],
    );
    return found as Standing;
  }
}

const answerOf = ({ courseId, memberId, ticket, state, turn }: Pick<CoursePlaceRow, keyof CoursePlace>): CoursePlace => ({
  courseId,
  memberId,
  ticket,
  state,
  turn,
});
