import { Injectable } from '@nestjs/common';
import { type Actor, Sealer } from '@timebank/access';
import { ReadBank } from '@timebank/banks';
import { type Course, type CourseInput, refuse, type Stored } from '@timebank/contract';
import { contentHash, once, UnitOfWork } from '@timebank/database';
import type { Zone } from '@timebank/kernel';
import { QualificationKinds } from '@timebank/members';
import { CourseRow, CourseServiceKindRow, CourseSessionRow, CourseTeacherRow } from './course.entity';
import { sealOf } from './draw.rules';
import { ReadCourses } from './read-courses';
import { checkTimes, type SessionTimes, timesOf } from './session-times.rules';

/** The seed of a course's draw: made under a key outside the database, so that nobody can look it up before it is drawn. */
export const seedOf = (sealer: Sealer, bankId: string, courseId: string): string =>
  sealer.seal('draw', `${bankId} ${courseId}`).toString('hex');

/**
 * Lays down a course. Idempotent under the caller's id; other content is `courses/id_reused`. Refuses sessions that end before they start
 * (`courses/wrong_order`), are listed twice or have begun, a sign-up that closes after the first (`courses/closes_too_late`), an unknown kind of
 * qualification or of service, and teachers who are no volunteers here.
 */
@Injectable()
export class PutCourse {
  constructor(
    private readonly unit: UnitOfWork,
    private readonly readBank: ReadBank,
    private readonly sealer: Sealer,
    private readonly kinds: QualificationKinds,
    private readonly readCourses: ReadCourses,
  ) {}

  async run(actor: Actor, bankId: string, courseId: string, input: CourseInput): Promise<Stored<Course>> {
    const sent = { hash: contentHash(input), reused: 'courses/id_reused' } as const;
    const key = { bankId, courseId };
    return this.unit.run([bankId], async () => {
      const first = await once(this.unit, CourseRow, key, sent, async () => {
        const { zone } = await this.readBank.run(bankId);
        const sessions = this.sessionsOf(input, zone);
        const [serviceKinds, teachers] = [[...new Set(input.serviceKinds ?? [])], [...new Set(input.teachers ?? [])]];
        await this.check(bankId, input, serviceKinds, teachers);
        const { title, place, places, note = null, qualification = null, isRefresher = false } = input;
        const made = await this.unit.insertNew(CourseRow, {
          ...key,
          title,
          note,
          place,
          places,
          qualification,
          isRefresher,
          closesAt: new Date(input.closesAt),
          seedHash: sealOf(seedOf(this.sealer, bankId, courseId)),
          createdBy: actor.personId,
          createdAt: this.unit.now,
          contentHash: sent.hash,
        });
        if (!made) return false;
        const laid = await this.unit.insertNewRows(
          CourseSessionRow,
          sessions.map((session) => ({ ...key, ...session })),
          ['bankId', 'sessionId'],
        );
        if (laid < sessions.length) throw refuse('courses/id_reused', {}, 'body.sessions');
        await this.unit.insertNewRows(
          CourseServiceKindRow,
          serviceKinds.map((serviceKind) => ({ ...key, serviceKind })),
          ['bankId', 'courseId', 'serviceKind'],
        );
        await this.unit.insertNewRows(
          CourseTeacherRow,
          teachers.map((memberId) => ({ ...key, memberId })),
          ['bankId', 'courseId', 'memberId'],
        );
        return true;
      });
      return { first, value: await this.readCourses.one(actor, bankId, courseId) };
    });
  }

  private sessionsOf({ sessions, closesAt }: CourseInput, zone: Zone): SessionTimes[] {
    const laid = timesOf(sessions, zone, this.unit.now);
    if (new Date(closesAt) <= this.unit.now) throw refuse('courses/already_begun', {}, 'body.closesAt');
    checkTimes(laid, new Date(closesAt));
    return laid;
  }

  private async check(bankId: string, input: CourseInput, serviceKinds: readonly string[], teachers: readonly string[]): Promise<void> {
    if (input.qualification !== undefined) await this.kinds.one(input.qualification, 'body.qualification');
    else if (input.isRefresher) throw refuse('courses/no_qualification', {}, 'body.qualification');
    const known = await this.unit.query<{ code: string }>('select code from service_kind where code = any ($1::text[])', [serviceKinds]);
    if (known.length < serviceKinds.length) throw refuse('requests/unknown_service_kind', {}, 'body.serviceKinds');
    const found = await this.unit.query<{ isVolunteer: boolean }>(
      `select exists (select from role r where r.bank_id = $1 and r.member_id = m.member_id and r.role = 'volunteer') as is_volunteer
         from member m where m.bank_id = $1 and m.member_id = any ($2::uuid[]) and m.left_on is null`,
      [bankId, teachers],
    );
    if (found.length < teachers.length) throw refuse('members/not_found', {}, 'body.teachers');
    if (found.some(({ isVolunteer }) => !isVolunteer)) throw refuse('members/not_a_volunteer', {}, 'body.teachers');
  }
}
