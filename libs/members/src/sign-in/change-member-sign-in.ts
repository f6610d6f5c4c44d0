import { Injectable } from '@nestjs/common';
import { type Actor, DisablePerson, MoveSignInPhone, SecondPerson } from '@timebank/access';
import type { Waiting } from '@timebank/contract';
import { UnitOfWork } from '@timebank/database';
import type { MemberRecord } from '../member.entity';
import { refuseSignInWithoutPhone } from '../member.rules';
import { PhoneHolder } from './phone-holder';
import { SignInReach } from './sign-in-reach';
import { resetRoles } from './start-member-reset';

/** `content` is what the caller sent, for a second person to send again. */
export type SignInChange = { phone: string | null; disabled: boolean | null; content: Record<string, unknown> };

/**
 * The part of a member's change that touches the person. The sign-in phone follows the contact phone. Moving it for somebody else needs a second
 * member of staff, who sends the same call; until then nothing changes, and the answer says that it waits. The old number is told. Refuses
 * `access/not_allowed` when the person holds a role that the actor could not have given, `members/phone_needed`, `members/phone_in_use`,
 * `access/last_admin`.
 */
@Injectable()
export class ChangeMemberSignIn {
  constructor(
    private readonly unit: UnitOfWork,
    private readonly reach: SignInReach,
    private readonly moveSignInPhone: MoveSignInPhone,
    private readonly disablePerson: DisablePerson,
    private readonly secondPerson: SecondPerson,
    private readonly phoneHolder: PhoneHolder,
  ) {}

  /** Inside the unit of work that holds the member. */
  async run(actor: Actor, { bankId, memberId, personId }: MemberRecord, change: SignInChange): Promise<Waiting | null> {
    const standing = await this.reach.standingOf(personId);
    const moves = standing.signInPhone !== null && change.phone !== standing.signInPhone;
    const bars = change.disabled !== null && change.disabled !== standing.disabled;
    if (!moves && !bars) return null;
    await this.reach.refuseOverreach(actor, personId);
    refuseSignInWithoutPhone(standing.signInPhone !== null, change.phone);
    if (moves && change.phone !== null) {
      await this.phoneHolder.refuseTaken(bankId, change.phone, personId);
      const confirmed = await this.confirmed(actor, { bankId, memberId, personId }, change.content);
      if (confirmed.state === 'waits') return confirmed;
      const [startedBy, confirmedBy] = [confirmed.askedBy, confirmed.askedBy === actor.personId ? null : actor.personId];
      await this.moveSignInPhone.run({ personId, phone: change.phone, startedBy, confirmedBy });
      this.unit.tell(bankId, 'members/phone_moved', { memberId, actorId: actor.personId });
    }
    if (bars) await this.disablePerson.run(personId, change.disabled === true);
    return null;
  }

  /** People who move their own sign-in need nobody else. */
  private async confirmed(
    actor: Actor,
    { bankId, memberId, personId }: Pick<MemberRecord, 'bankId' | 'memberId' | 'personId'>,
    content: Record<string, unknown>,
  ): Promise<Waiting | { state: 'confirmed'; askedBy: string }> {
    if (actor.personId === personId) return { state: 'confirmed', askedBy: personId };
    return this.secondPerson.run(actor, { bankId, kind: 'sign_in_phone', subjectId: memberId, content, memberId, roles: resetRoles });
  }
}
