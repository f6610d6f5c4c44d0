import { Injectable } from '@nestjs/common';
import type { ActivityPart } from '@timebank/contract';
import { UnitOfWork } from '@timebank/database';
import { movesUp } from '@timebank/training';
import { aboutOf, placesOf } from './activity-lock';
import { ActivityPlaceRow, type ActivityRow } from './activity.entity';

/** Gives free places to those who have waited longest, and tells them. In the caller's unit of work, which holds the activity. */
@Injectable()
export class MoveUp {
  constructor(private readonly unit: UnitOfWork) {}

  async run(activity: ActivityRow, part: ActivityPart): Promise<void> {
    const { bankId, activityId } = activity;
    const { placed } = await this.standing(activity, part);
    const waiting = await this.unit.query<{ memberId: string; turn: number }>(
      `select member_id, turn from activity_place where bank_id = $1 and activity_id = $2 and part = $3 and state = 'waiting' order by turn`,
      [bankId, activityId, part],
    );
    for (const { memberId } of movesUp({ places: placesOf(activity, part), placed }, waiting)) {
      await this.unit.updateRow(ActivityPlaceRow, { bankId, activityId, memberId }, { state: 'placed', turn: null });
      this.unit.tell(bankId, 'activities/placed', { memberId, ...aboutOf(activity) });
    }
  }

  async standing({ bankId, activityId }: ActivityRow, part: ActivityPart): Promise<{ placed: number; lastTurn: number }> {
    const found = await this.unit.one<{ placed: number; lastTurn: number }>(
      `select count(*) filter (where state = 'placed')::integer as placed, coalesce(max(turn), 0) as last_turn
         from activity_place where bank_id = $1 and activity_id = $2 and part = $3`,
      [bankId, activityId, part],
    );
    return found ?? { placed: 0, lastTurn: 0 };
  }
}
