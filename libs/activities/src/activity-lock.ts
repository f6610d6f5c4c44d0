import { Injectable } from '@nestjs/common';
import { type ActivityPart, type ActivityState, refuse } from '@timebank/contract';
import { UnitOfWork } from '@timebank/database';
import type { ActivityRow } from './activity.entity';
import { stateOf } from './activity.rules';

export type LockedActivity = ActivityRow & { state: ActivityState };

/** Locks an activity: whoever signs up, comes, changes or closes it does so one after another. In the caller's unit of work. */
@Injectable()
export class ActivityLock {
  constructor(private readonly unit: UnitOfWork) {}

  async one(bankId: string, activityId: string): Promise<LockedActivity> {
    const row = await this.unit.one<ActivityRow>('select * from activity where bank_id = $1 and activity_id = $2 for no key update', [
      bankId,
      activityId,
    ]);
    if (!row) throw refuse('activities/not_found');
    return { ...row, state: stateOf(row, this.unit.now) };
  }

  /** The same, in one of these states. Refuses `activities/over`. */
  async in(bankId: string, activityId: string, ...states: ActivityState[]): Promise<LockedActivity> {
    const activity = await this.one(bankId, activityId);
    if (!states.includes(activity.state)) throw refuse('activities/over', { state: activity.state });
    return activity;
  }
}

export const placesOf = (
  { helperPlaces, participantPlaces }: Pick<ActivityRow, 'helperPlaces' | 'participantPlaces'>,
  part: ActivityPart,
) => (part === 'helper' ? helperPlaces : participantPlaces);

/** For a message. */
export const aboutOf = ({ activityId, startsAt, name }: ActivityRow) => ({ activityId, startsAt: startsAt.toISOString(), title: name });
