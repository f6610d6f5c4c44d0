import { Injectable } from '@nestjs/common';
import { type Actor, BanksOfMembers, hasRole, memberIn } from '@timebank/access';
import { type ActivityPart, type ActivityPlace, refuse, type Stored } from '@timebank/contract';
import { UnitOfWork } from '@timebank/database';
import { nextPlace } from '@timebank/training';
import { ActivityLock, type LockedActivity, placesOf } from './activity-lock';
import { ActivityPlaceRow } from './activity.entity';
import { type HelperFacts, helperRefusal } from './activity.rules';
import { MoveUp } from './move-up';

/**
 * Signs somebody up for an activity, or gives their place back: they themselves, or a coordinator for anybody. Where all places are taken they wait; a place
 * that falls free goes to who has waited longest.
 */
@Injectable()
export class JoinActivity {
  constructor(
    private readonly unit: UnitOfWork,
    private readonly lock: ActivityLock,
    private readonly banksOfMembers: BanksOfMembers,
    private readonly moveUp: MoveUp,
  ) {}

  /**
   * Idempotent. Refuses `activities/over`, `activities/no_places` for a part that nobody is looked for, `activities/other_part` for who has a place as something else, `members/not_found`, `members/disabled`, and to
   * helpers what the gate says.
   */
  async put(actor: Actor, bankId: string, activityId: string, memberId: string, part: ActivityPart): Promise<Stored<ActivityPlace>> {
    this.check(actor, bankId, memberId);
    // Visits elsewhere count too.
    const banks = [...new Set([bankId, ...(await this.banksOfMembers.run([memberId]))])];
    return this.unit.run(banks, async () => {
      const activity = await this.lock.in(bankId, activityId, 'open');
      const before = await this.placeOf(bankId, activityId, memberId);
      const stands = before !== null && before.state !== 'withdrawn';
      if (stands && before.part !== part) throw refuse('activities/other_part', { as: before.part }, 'body.as');
      if (stands) return { first: false, value: answerOf(before) };
      if (placesOf(activity, part) === 0) throw refuse('activities/no_places', {}, 'body.as');
      await this.checkMember(activity, memberId, part, banks);
      const standing = await this.moveUp.standing(activity, part);
      const given = nextPlace({ places: placesOf(activity, part), ...standing });
      const key = { bankId, activityId, memberId };
      const row = { part, ...given, minutes: null, signedUpBy: actor.personId, signedUpAt: this.unit.now };
      if (before) await this.unit.updateRow(ActivityPlaceRow, key, row);
      else await this.unit.insertRow(ActivityPlaceRow, { ...key, ...row });
      return { first: before === null, value: answerOf({ ...key, ...row }) };
    });
  }

  /** Repeatable. Refuses `activities/over`, `activities/no_place` for who never signed up, and `activities/was_there`. */
  async withdraw(actor: Actor, bankId: string, activityId: string, memberId: string): Promise<ActivityPlace> {
    this.check(actor, bankId, memberId);
    return this.unit.run([bankId], () => this.leave(bankId, activityId, memberId));
  }

  /** In the caller's unit of work. */
  async leave(bankId: string, activityId: string, memberId: string): Promise<ActivityPlace> {
    const activity = await this.lock.in(bankId, activityId, 'open');
    const before = await this.placeOf(bankId, activityId, memberId);
    if (!before) throw refuse('activities/no_place', {}, 'params.memberId');
    if (before.attended) throw refuse('activities/was_there', {}, 'params.memberId');
    const withdrawn = { state: 'withdrawn', turn: null } as const;
    if (before.state !== 'withdrawn') await this.unit.updateRow(ActivityPlaceRow, { bankId, activityId, memberId }, withdrawn);
    if (before.state === 'placed') await this.moveUp.run(activity, before.part);
    return answerOf({ ...before, ...withdrawn });
  }

  private check(actor: Actor, bankId: string, memberId: string): void {
    if (!hasRole(actor, 'coordinator', bankId) && memberIn(actor, bankId) !== memberId)
      throw refuse('access/not_allowed', {}, 'params.memberId');
  }

  private async checkMember(activity: LockedActivity, memberId: string, part: ActivityPart, banks: readonly string[]): Promise<void> {
    const { bankId, activityId, startsAt, endsAt } = activity;
    // By itself: who waits here then sees what they have just promised elsewhere.
    await this.unit.query('select from member where bank_id = $1 and member_id = $2 for no key update', [bankId, memberId]);
    const facts = await this.unit.one<HelperFacts>(
      `select exists (select from role r where r.bank_id = $1 and r.member_id = $3 and r.role = 'volunteer') as is_volunteer,
              p.disabled_at is not null as is_barred,
              exists (select from availability a where a.bank_id = $1 and a.member_id = $3 and a.pauses @> bank_day($1, $4)) as is_paused,
              (select v.visit_id from visit v where v.bank_id = any ($6::uuid[]) and v.volunteer_id = $3 and v.state in ('planned', 'in_progress')
                  and v.planned_start < $5 and v.planned_end > $4 order by v.planned_start limit 1) as overlapping_visit,
              (select o.activity_id from activity_place w join activity o on o.bank_id = w.bank_id and o.activity_id = w.activity_id
                where w.bank_id = $1 and w.member_id = $3 and w.part = 'helper' and w.state <> 'withdrawn' and o.activity_id <> $2
                  and o.cancelled_at is null and o.starts_at < $5 and o.ends_at > $4 limit 1) as overlapping_activity
         from member m join person p on p.person_id = m.person_id
        where m.bank_id = $1 and m.member_id = $3 and m.left_on is null`,
      [bankId, activityId, memberId, startsAt, endsAt, banks],
    );
    if (!facts) throw refuse('members/not_found', {}, 'params.memberId');
    const isParticipant = part === 'participant';
    const free = { isVolunteer: true, isPaused: false, overlappingVisit: null, overlappingActivity: null };
    const refused = helperRefusal(isParticipant ? { ...facts, ...free } : facts);
    if (refused) throw refused;
  }

  private placeOf(bankId: string, activityId: string, memberId: string): Promise<(ActivityPlaceRow & { attended: boolean }) | null> {
    return this.unit.one<ActivityPlaceRow & { attended: boolean }>(
      `select p.*, exists (select from activity_attendance a
           where a.bank_id = p.bank_id and a.activity_id = p.activity_id and a.member_id = p.member_id) as attended
         from activity_place p where p.bank_id = $1 and p.activity_id = $2 and p.member_id = $3`,
      [bankId, activityId, memberId],
    );
  }
}

const answerOf = ({
  activityId,
  memberId,
  part,
  state,
  turn,
}: Pick<ActivityPlaceRow, 'activityId' | 'memberId' | 'part' | 'state' | 'turn'>): ActivityPlace => ({
  activityId,
  memberId,
  as: part,
  state,
  turn,
});
