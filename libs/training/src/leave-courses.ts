import { Injectable, type OnModuleInit } from '@nestjs/common';
import { UnitOfWork } from '@timebank/database';
import { MemberPlans } from '@timebank/members';
import { TakePlace } from './take-place';

/** Whoever leaves the bank, or is barred, gives their places in courses to those who wait. */
@Injectable()
export class LeaveCourses implements OnModuleInit {
  constructor(
    private readonly unit: UnitOfWork,
    private readonly memberPlans: MemberPlans,
    private readonly takePlace: TakePlace,
  ) {}

  onModuleInit(): void {
    this.memberPlans.register({
      end: (_actor, bankId, memberId) => this.run(bankId, memberId),
      count: async () => ({ openRequests: 0, plannedVisits: 0, undecidedVisits: 0, cards: 0 }),
      underWay: async () => null,
    });
  }

  private async run(bankId: string, memberId: string): Promise<void> {
    const places = await this.unit.query<{ courseId: string }>(
      `select p.course_id from course_place p join course c on c.bank_id = p.bank_id and c.course_id = p.course_id
        where p.bank_id = $1 and p.member_id = $2 and p.state <> 'withdrawn' and c.closed_at is null and c.cancelled_at is null
        order by p.course_id`,
      [bankId, memberId],
    );
    for (const { courseId } of places) await this.takePlace.leave(bankId, courseId, memberId);
  }
}
