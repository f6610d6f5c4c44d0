import { Injectable } from '@nestjs/common';
import type { Actor } from '@timebank/access';
import { type Activity, type ActivityInput, activityParts, refuse, type Stored } from '@timebank/contract';
import { contentHash, once, UnitOfWork } from '@timebank/database';
import { aboutOf, ActivityLock, type LockedActivity, placesOf } from './activity-lock';
import { ActivityRow } from './activity.entity';
import { inOrder } from './activity.rules';
import { MoveUp } from './move-up';
import { ReadActivities } from './read-activities';

type ActivityContent = Pick<ActivityRow, 'name' | 'startsAt' | 'endsAt' | 'place' | 'participantPlaces' | 'helperPlaces' | 'note'> & {
  hash: Buffer;
};

/**
 * Lays an activity down under the caller's id, or, with the version that was read, changes it; what is sent is the whole of it, and the same content again
 * changes nothing. Whoever signed up is told of another time or place, and those who wait move up where there are more places. Refuses
 * `activities/wrong_order`, `already_begun`, `begun`, `id_reused`, `stale`, `over`, and `places_taken` for fewer places than are taken.
 */
@Injectable()
export class PutActivity {
  constructor(
    private readonly unit: UnitOfWork,
    private readonly lock: ActivityLock,
    private readonly moveUp: MoveUp,
    private readonly readActivities: ReadActivities,
  ) {}

  async run(actor: Actor, bankId: string, activityId: string, { version, ...content }: ActivityInput): Promise<Stored<Activity>> {
    const { name, place = null, note = null, participantPlaces, helperPlaces } = content;
    const times = { startsAt: new Date(content.startsAt), endsAt: new Date(content.endsAt) };
    if (!inOrder(times)) throw refuse('activities/wrong_order', {}, 'body.endsAt');
    const sent: ActivityContent = { name, ...times, place, participantPlaces, helperPlaces, note, hash: contentHash(content) };
    return this.unit.run([bankId], async () => {
      const first = version === undefined && (await this.layDown(actor, { bankId, activityId }, sent));
      if (version !== undefined) await this.change(actor, await this.lock.one(bankId, activityId), version, sent);
      return { first, value: await this.readActivities.one(actor, bankId, activityId) };
    });
  }

  private layDown(actor: Actor, key: { bankId: string; activityId: string }, { hash, ...row }: ActivityContent): Promise<boolean> {
    return once(this.unit, ActivityRow, key, { hash, reused: 'activities/id_reused' }, async () => {
      this.refuseBegun(row);
      const made = { createdBy: actor.personId, createdAt: this.unit.now, contentHash: hash };
      return this.unit.insertNew(ActivityRow, { ...key, ...row, ...made });
    });
  }

  private async change(actor: Actor, before: LockedActivity, version: number, { hash, ...row }: ActivityContent): Promise<void> {
    if (before.contentHash.equals(hash)) return;
    if (before.version !== version) throw refuse('activities/stale', { version: before.version }, 'body.version');
    if (before.state !== 'open') throw refuse('activities/over', { state: before.state });
    const { bankId, activityId } = before;
    const startsAnew = before.startsAt.getTime() !== row.startsAt.getTime();
    if (startsAnew && before.startsAt <= this.unit.now) throw refuse('activities/begun', {}, 'body.startsAt');
    if (startsAnew || row.endsAt <= this.unit.now) this.refuseBegun(row);
    for (const part of activityParts) {
      const { placed } = await this.moveUp.standing(before, part);
      const path = part === 'helper' ? 'body.helperPlaces' : 'body.participantPlaces';
      if (placesOf(row, part) < placed) throw refuse('activities/places_taken', { taken: placed }, path);
    }
    const told = startsAnew ? { shortToldAt: null } : {};
    await this.unit.updateRow(ActivityRow, { bankId, activityId }, { ...row, ...told, contentHash: hash });
    const now = { ...before, ...row };
    if (startsAnew || before.endsAt.getTime() !== row.endsAt.getTime() || before.place !== row.place) await this.tell(actor, now);
    for (const part of activityParts) await this.moveUp.run(now, part);
  }

  private refuseBegun({ startsAt }: Pick<ActivityContent, 'startsAt'>): void {
    if (startsAt <= this.unit.now) throw refuse('activities/already_begun', {}, 'body.startsAt');
  }

  private async tell(actor: Actor, activity: ActivityRow): Promise<void> {
    const people = await this.unit.query<{ memberId: string }>(
      `select member_id from activity_place where bank_id = $1 and activity_id = $2 and state <> 'withdrawn' order by member_id`,
      [activity.bankId, activity.activityId],
    );
    for (const { memberId } of people)
      this.unit.tell(activity.bankId, 'activities/changed', { memberId, ...aboutOf(activity), actorId: actor.personId });
  }
}
