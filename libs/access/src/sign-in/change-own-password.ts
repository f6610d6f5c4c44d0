import { Injectable } from '@nestjs/common';
import { refuse } from '@timebank/contract';
import { UnitOfWork } from '@timebank/database';
import type { Actor } from '../actor.rules';
import { ChangeSignIn } from './change-sign-in';
import { isStaff } from '../idle.rules';
import { JudgePassword } from '../passwords/judge-password';
import type { PasswordOwner } from '../passwords/password.rules';
import { Passwords } from '../passwords/passwords';
import { Sessions } from '../sessions/sessions';
import { SignInLimit } from '../sign-in-limit';
import { type SignInSource, unknownSource } from '../sign-in-source.rules';
import { TellByText } from '../codes/tell-by-text';

type SignInRow = { signInPhone: string | null; passwordHash: string | null };
export type PasswordChange = { oldPassword: string; newPassword: string };

/** Writes the new hash, ends the other sign-ins and tells the phone. */
@Injectable()
export class SetOwnPassword {
  constructor(
    private readonly unit: UnitOfWork,
    private readonly changeSignIn: ChangeSignIn,
    private readonly sessions: Sessions,
    private readonly text: TellByText,
  ) {}

  async run(actor: Actor, phone: string | null, passwordHash: string): Promise<void> {
    await this.unit.run([], async () => {
      await this.changeSignIn.run({ personId: actor.personId, signInPhone: null, passwordHash });
      await this.sessions.endAll(actor.personId, actor.sessionId ?? null);
      if (phone !== null) this.text.news(phone, 'password_changed');
    });
  }
}

/**
 * A person changes their own password. It asks for the old one, so a phone left lying around is not enough. Every other sign-in ends, this one stays.
 * Refuses `access/wrong_old_password` (which counts as a failed sign-in), `access/too_many_attempts`, and what `JudgePassword` refuses.
 */
@Injectable()
export class ChangeOwnPassword {
  constructor(
    private readonly unit: UnitOfWork,
    private readonly limit: SignInLimit,
    private readonly passwords: Passwords,
    private readonly judgePassword: JudgePassword,
    private readonly setting: SetOwnPassword,
  ) {}

  /** `owner` is what the caller knows about the person apart from the phone. */
  async run(
    actor: Actor,
    change: PasswordChange,
    owner: Omit<PasswordOwner, 'phone'>,
    source: SignInSource = unknownSource,
  ): Promise<void> {
    const [row] = await this.unit.glance<SignInRow>('select sign_in_phone, password_hash from person where person_id = $1', [
      actor.personId,
    ]);
    const phone = row?.signInPhone ?? null;
    const attempt = await this.limit.begin(phone ?? actor.personId, 'password', source);
    const right = await this.passwords.verify(row?.passwordHash ?? null, change.oldPassword);
    await this.unit.run([], async () => {
      await this.limit.lock(attempt.phone);
      await this.limit.settle(attempt, right);
    });
    if (!right) throw refuse('access/wrong_old_password', {}, 'body.oldPassword');
    this.judgePassword.run(change.newPassword, { ...owner, phone }, isStaff(actor.roles), 'body.newPassword');
    await this.setting.run(actor, phone, await this.passwords.hash(change.newPassword));
  }
}
