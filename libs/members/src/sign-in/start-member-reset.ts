import { Injectable } from '@nestjs/common';
import { type Actor, SecondPerson, StartReset } from '@timebank/access';
import { type AnswerOf, refuse, type RoleName } from '@timebank/contract';
import { UnitOfWork } from '@timebank/database';
import type { MemberRecord } from '../member.entity';
import { PhoneHolder } from './phone-holder';
import { SignInReach } from './sign-in-reach';

/** Who may begin a reset and confirm one. */
export const resetRoles: readonly RoleName[] = ['coordinator', 'admin'];

/**
 * Sends a member a one-time code, so that they choose a new password themselves and no member of staff ever knows it. For the counter the code is
 * printed: a second member of staff sends the same call and is shown the code, once. The same holds for giving a sign-in to a member who has none, by
 * the contact phone that staff wrote down. Told in the app and by text, on record. Refuses `members/not_found`, `members/phone_needed`,
 * `members/disabled`, `members/phone_in_use`, and `access/not_allowed` for a person with a role that the caller could not have given.
 */
@Injectable()
export class StartMemberReset {
  constructor(
    private readonly unit: UnitOfWork,
    private readonly reach: SignInReach,
    private readonly phoneHolder: PhoneHolder,
    private readonly secondPerson: SecondPerson,
    private readonly startReset: StartReset,
  ) {}

  async run(actor: Actor, bankId: string, memberId: string, asked: { counter?: true | undefined }): Promise<AnswerOf<'startReset'>> {
    const counter = asked.counter === true;
    return this.unit.run([bankId], async () => {
      const member = await this.unit.one<MemberRecord>('select * from member where bank_id = $1 and member_id = $2 for no key update', [
        bankId,
        memberId,
      ]);
      if (!member) throw refuse('members/not_found');
      await this.reach.refuseOverreach(actor, member.personId);
      const standing = await this.reach.standingOf(member.personId);
      if (standing.disabled) throw refuse('members/disabled');
      const phone = standing.signInPhone ?? member.phone;
      if (phone === null) throw refuse('members/phone_needed', {}, 'body.phone');
      const isFirst = standing.signInPhone === null;
      if (isFirst) await this.phoneHolder.refuseTaken(bankId, phone, member.personId);
      const needsTwo = counter || isFirst;
      const act = needsTwo ? await this.confirmed(actor, bankId, memberId, { counter, ...(isFirst ? { phone } : {}) }) : null;
      if (act?.state === 'waits') return act;
      if (isFirst) await this.reach.openSignIn(member.personId, phone);
      return this.begin(actor, member, phone, counter, act?.askedBy ?? null);
    });
  }

  private confirmed(actor: Actor, bankId: string, memberId: string, content: Record<string, unknown>) {
    return this.secondPerson.run(actor, { bankId, kind: 'sign_in_reset', subjectId: memberId, content, memberId, roles: resetRoles });
  }

  /** `askedBy` is who asked first, where it took two. */
  private async begin(actor: Actor, { bankId, memberId, personId }: MemberRecord, phone: string, counter: boolean, askedBy: string | null) {
    const { expiresAt, code } = await this.startReset.run({
      personId,
      phone,
      how: counter ? 'counter' : 'text',
      startedBy: askedBy ?? actor.personId,
      confirmedBy: askedBy === null ? null : actor.personId,
    });
    this.unit.tell(bankId, 'members/reset_started', { memberId, actorId: actor.personId });
    return { expiresAt: expiresAt.toISOString(), ...(counter ? { code } : {}) };
  }
}
