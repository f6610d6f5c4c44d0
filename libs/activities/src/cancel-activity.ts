import { Injectable } from '@nestjs/common';
import type { Actor } from '@timebank/access';
import { type Activity, refuse } from '@timebank/contract';
import { UnitOfWork } from '@timebank/database';
import { aboutOf, ActivityLock } from './activity-lock';
import { ActivityRow } from './activity.entity';
import { ReadActivities } from './read-activities';

/** Calls an activity off, with a reason that stays; whoever signed up is told. Repeatable; other words, or a closed one, are `activities/over`; once
 * somebody was there it is `activities/begun`, for helpers have earned by then. */
@Injectable()
export class CancelActivity {
  constructor(
    private readonly unit: UnitOfWork,
    private readonly lock: ActivityLock,
    private readonly readActivities: ReadActivities,
  ) {}

  async run(actor: Actor, bankId: string, activityId: string, note: string): Promise<Activity> {
    return this.unit.run([bankId], async () => {
      const activity = await this.lock.one(bankId, activityId);
      const { state } = activity;
      if (state === 'closed' || (state === 'cancelled' && activity.cancelNote !== note)) throw refuse('activities/over', { state });
      if (state !== 'cancelled') {
        const there = await this.unit.query('select from activity_attendance where bank_id = $1 and activity_id = $2 limit 1', [
          bankId,
          activityId,
        ]);
        if (there.length > 0) throw refuse('activities/begun');
        const called = { cancelledBy: actor.personId, cancelledAt: this.unit.now, cancelNote: note };
        await this.unit.updateRow(ActivityRow, { bankId, activityId }, called);
        const people = await this.unit.query<{ memberId: string }>(
          `select member_id from activity_place where bank_id = $1 and activity_id = $2 and state <> 'withdrawn' order by member_id`,
          [bankId, activityId],
        );
        for (const { memberId } of people)
          this.unit.tell(bankId, 'activities/cancelled', { memberId, ...aboutOf(activity), actorId: actor.personId });
      }
      return this.readActivities.one(actor, bankId, activityId);
    });
  }
}
