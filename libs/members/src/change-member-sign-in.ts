import { Injectable } from '@nestjs/common';
import { type Actor, type ActorRole, ChangeSignIn, DisablePerson, mayChangeSignIn, Sessions } from '@timebank/access';
import { refuse } from '@timebank/contract';
import { UnitOfWork } from '@timebank/database';
import type { MemberRecord } from './member.entity';
import { refuseSignInWithoutPhone } from './member.rules';
import { PhoneHolder } from './phone-holder';

export type SignInChange = { phone: string | null; passwordHash: string | null; disabled: boolean | null };

type Standing = { signInPhone: string | null; canSignIn: boolean; disabled: boolean };

/**
 * The part of a member's change that touches the person: a password makes the contact phone the sign-in phone, which then
 * follows the contact. A new password set by somebody else ends every sign-in. Refuses `access/not_allowed` when the person
 * holds a role that the actor could not have given, `members/phone_needed`, `members/phone_in_use`, `access/last_admin`.
 */
@Injectable()
export class ChangeMemberSignIn {
  constructor(
    private readonly unit: UnitOfWork,
    private readonly changeSignIn: ChangeSignIn,
    private readonly disablePerson: DisablePerson,
    private readonly sessions: Sessions,
    private readonly phoneHolder: PhoneHolder,
  ) {}

  /** Inside the unit of work that holds the member. */
  async run(actor: Actor, { bankId, personId }: MemberRecord, change: SignInChange): Promise<void> {
    const standing = await this.standingOf(personId);
    const signsIn = standing.canSignIn || change.passwordHash !== null;
    const moves = signsIn && change.phone !== standing.signInPhone;
    const bars = change.disabled !== null && change.disabled !== standing.disabled;
    if (!moves && !bars && change.passwordHash === null) return;
    await this.refuseOverreach(actor, personId);
    refuseSignInWithoutPhone(signsIn, change.phone);
    if (moves) await this.phoneHolder.refuseTaken(bankId, change.phone ?? '', personId);
    if (moves || change.passwordHash !== null) {
      await this.changeSignIn.run({ personId, signInPhone: moves ? change.phone : null, passwordHash: change.passwordHash });
    }
    if (change.passwordHash !== null && actor.personId !== personId) await this.sessions.endAll(personId);
    if (bars) await this.disablePerson.run(personId, change.disabled === true);
  }

  private async standingOf(personId: string): Promise<Standing> {
    const standing = await this.unit.one<Standing>(
      'select sign_in_phone, password_hash is not null as can_sign_in, disabled_at is not null as disabled from person where person_id = $1',
      [personId],
    );
    return standing ?? { signInPhone: null, canSignIn: false, disabled: false };
  }

  private async refuseOverreach(actor: Actor, personId: string): Promise<void> {
    const roles = await this.unit.query<ActorRole>('select role, bank_id, member_id, home_bank_id from role where person_id = $1', [
      personId,
    ]);
    if (!mayChangeSignIn(actor, { personId, roles })) throw refuse('access/not_allowed');
  }
}
