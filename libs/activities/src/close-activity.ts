import { Injectable } from '@nestjs/common';
import type { Actor } from '@timebank/access';
import { type Activity, refuse } from '@timebank/contract';
import { UnitOfWork } from '@timebank/database';
import { ActivityLock } from './activity-lock';
import { ActivityRow } from './activity.entity';
import { PayHelpers } from './pay-helpers';
import { ReadActivities } from './read-activities';

/**
 * Closes an activity that is over: in the same transaction helpers who were there are given its minutes. Repeatable. Refuses `activities/over` for one that
 * was called off, `activities/not_over`, and what `PayHelpers` refuses; then nothing of it is done.
 */
@Injectable()
export class CloseActivity {
  constructor(
    private readonly unit: UnitOfWork,
    private readonly lock: ActivityLock,
    private readonly payHelpers: PayHelpers,
    private readonly readActivities: ReadActivities,
  ) {}

  async run(actor: Actor, bankId: string, activityId: string): Promise<Activity> {
    return this.unit.run([bankId], async () => {
      const activity = await this.lock.one(bankId, activityId);
      const { state, endsAt } = activity;
      if (state === 'cancelled') throw refuse('activities/over', { state });
      if (state === 'open') throw refuse('activities/not_over', { endsAt: endsAt.toISOString() });
      if (state === 'over') {
        await this.payHelpers.run(actor, activity);
        const closed = { closedBy: actor.personId, closedAt: this.unit.now };
        await this.unit.updateRow(ActivityRow, { bankId, activityId }, closed);
      }
      return this.readActivities.one(actor, bankId, activityId);
    });
  }
}
