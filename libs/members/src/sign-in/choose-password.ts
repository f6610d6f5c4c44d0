import { Injectable } from '@nestjs/common';
import {
  type Actor,
  ChangeOwnPassword,
  FinishReset,
  JudgePassword,
  type PasswordChange,
  Passwords,
  Sessions,
  type SignedIn,
  type SignInSource,
} from '@timebank/access';
import { UnitOfWork } from '@timebank/database';
import { OwnDetails } from './own-details';

/** The caller's own change of password, judged by what their banks know of them. Refuses as `ChangeOwnPassword`. */
@Injectable()
export class ChoosePassword {
  constructor(
    private readonly unit: UnitOfWork,
    private readonly ownDetails: OwnDetails,
    private readonly changeOwnPassword: ChangeOwnPassword,
  ) {}

  async run(actor: Actor, change: PasswordChange, source: SignInSource): Promise<void> {
    const banks = await this.ownDetails.banks(actor.personId);
    await this.changeOwnPassword.run(actor, change, await this.ownDetails.run(actor.personId), source);
    await tellBanks(this.unit, banks, actor.personId);
  }
}

/**
 * Sets a new password by a one-time code, and signs in with it. The code proves the phone, or that it was handed over at the counter; only the person
 * who types the password here knows it. A refused password leaves the code valid. Refuses `access/wrong_code`, `access/too_many_attempts` and what
 * `JudgePassword` refuses.
 */
@Injectable()
export class ResetPassword {
  constructor(
    private readonly unit: UnitOfWork,
    private readonly ownDetails: OwnDetails,
    private readonly judgePassword: JudgePassword,
    private readonly passwords: Passwords,
    private readonly finishReset: FinishReset,
    private readonly sessions: Sessions,
  ) {}

  async run(given: { phone: string; code: string; newPassword: string }, source: SignInSource): Promise<SignedIn> {
    const personId = await this.finishReset.check(given, source);
    const { isStaff, ...details } = await this.ownDetails.run(personId);
    this.judgePassword.run(given.newPassword, { ...details, phone: given.phone }, isStaff, 'body.newPassword');
    const passwordHash = await this.passwords.hash(given.newPassword);
    const opened = await this.unit.run([], () => this.finishReset.run(given, passwordHash, source));
    await tellBanks(this.unit, await this.ownDetails.banks(personId), personId);
    return this.sessions.signedIn(opened, 'access/wrong_code');
  }
}

/** In the app too: it is not the person's own doing that makes this news, but that it might not have been. */
async function tellBanks(unit: UnitOfWork, banks: readonly { bankId: string; memberId: string }[], personId: string): Promise<void> {
  const [home] = banks;
  if (!home) return;
  await unit.run([home.bankId], async () => unit.tell(home.bankId, 'members/password_changed', { memberId: home.memberId, personId }));
}
