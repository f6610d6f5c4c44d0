import { Injectable } from '@nestjs/common';
import { type Actor, hasRole, isOneself, memberIn } from '@timebank/access';
import { type Activity, type ActivityAttendanceInput, refuse } from '@timebank/contract';
import { UnitOfWork } from '@timebank/database';
import { ReadShownCode } from '@timebank/visits';
import { ActivityLock, type LockedActivity } from './activity-lock';
import { ActivityAttendanceRow } from './activity.entity';
import { mayCheckIn } from './activity.rules';
import { ReadActivities } from './read-activities';

/**
 * Who was at an activity: they say so themselves by the rotating code of a screen of the bank, or a coordinator writes others down from a list on paper, all
 * of them or none. Idempotent. Refuses `activities/over`, `no_place`, `not_now`, and what `ReadShownCode` refuses; a code counts once for a person
 * (`visits/code_used`).
 */
@Injectable()
export class AttendActivity {
  constructor(
    private readonly unit: UnitOfWork,
    private readonly lock: ActivityLock,
    private readonly shownCode: ReadShownCode,
    private readonly readActivities: ReadActivities,
  ) {}

  async run(actor: Actor, bankId: string, activityId: string, { code, memberIds }: ActivityAttendanceInput): Promise<Activity> {
    const people = this.whoIsMeant(actor, bankId, memberIds);
    return this.unit.run([bankId], async () => {
      const activity = await this.lock.in(bankId, activityId, 'open', 'over');
      const missing = await this.missing(activity, people);
      const { startsAt, endsAt } = activity;
      if (missing.length > 0 && !mayCheckIn(activity, this.unit.now, code !== undefined))
        throw refuse('activities/not_now', { startsAt: startsAt.toISOString(), endsAt: endsAt.toISOString() });
      const needsCode = code !== undefined && missing.length > 0;
      const shown = needsCode ? await this.shownCode.run(bankId, code, 'body.code') : { displayId: null, step: null };
      const by = { recordedBy: actor.personId, recordedAt: this.unit.now };
      for (const memberId of missing) {
        const isNew = await this.unit.insertNew(ActivityAttendanceRow, { bankId, activityId, memberId, ...shown, ...by });
        // The activity is locked: only the code can have been used, at another one.
        if (!isNew) throw refuse('visits/code_used', {}, 'body.code');
      }
      return this.readActivities.one(actor, bankId, activityId);
    });
  }

  private whoIsMeant(actor: Actor, bankId: string, memberIds: readonly string[] | undefined): string[] {
    const own = memberIn(actor, bankId);
    if (memberIds === undefined && own !== null) return [own];
    if (memberIds === undefined || !hasRole(actor, 'coordinator', bankId)) throw refuse('access/not_allowed', {}, 'body.memberIds');
    // Who runs the list says by the screen, as everybody, that they were there.
    if (memberIds.some((memberId) => isOneself(actor, memberId))) throw refuse('access/not_allowed', {}, 'body.memberIds');
    return [...new Set(memberIds)].sort();
  }

  /** Those of them who are not written down yet. */
  private async missing({ bankId, activityId }: LockedActivity, people: readonly string[]): Promise<string[]> {
    const placed = await this.unit.query<{ memberId: string; attended: boolean }>(
      `select p.member_id, a.member_id is not null as attended
         from activity_place p left join activity_attendance a on a.bank_id = $1 and a.activity_id = $2 and a.member_id = p.member_id
        where p.bank_id = $1 and p.activity_id = $2 and p.member_id = any ($3::uuid[]) and p.state = 'placed'`,
      [bankId, activityId, people],
    );
    const stranger = people.find((memberId) => !placed.some((place) => place.memberId === memberId));
    if (stranger !== undefined) throw refuse('activities/no_place', { memberId: stranger });
    return people.filter((memberId) => placed.some((place) => place.memberId === memberId && !place.attended));
  }
}
