import { Injectable } from '@nestjs/common';
import { type Actor, type ActorRole, ChangeSignIn, mayChangeSignIn } from '@timebank/access';
import { refuse } from '@timebank/contract';
import { UnitOfWork } from '@timebank/database';

export type SignInStanding = { signInPhone: string | null; canSignIn: boolean; disabled: boolean };

/** How a person signs in, and who may touch that. Inside a unit of work. */
@Injectable()
export class SignInReach {
  constructor(
    private readonly unit: UnitOfWork,
    private readonly changeSignIn: ChangeSignIn,
  ) {}

  async standingOf(personId: string): Promise<SignInStanding> {
    const standing = await this.unit.one<SignInStanding>(
      'select sign_in_phone, password_hash is not null as can_sign_in, disabled_at is not null as disabled from person where person_id = $1',
      [personId],
    );
    return standing ?? { signInPhone: null, canSignIn: false, disabled: false };
  }

  /** Refuses `access/not_allowed` when the person holds a role that the actor could not have given. */
  async refuseOverreach(actor: Actor, personId: string): Promise<void> {
    const roles = await this.unit.query<ActorRole>('select role, bank_id, member_id, home_bank_id from role where person_id = $1', [
      personId,
    ]);
    if (!mayChangeSignIn(actor, { personId, roles })) throw refuse('access/not_allowed');
  }

  /** A sign-in phone for somebody without one. The password comes with the code. */
  async openSignIn(personId: string, phone: string): Promise<void> {
    await this.changeSignIn.run({ personId, signInPhone: phone, passwordHash: null });
  }
}
