import { Injectable } from '@nestjs/common';
import { type Actor, ChangeSignIn, JudgePassword, Passwords, Sessions } from '@timebank/access';
import { UnitOfWork } from '@timebank/database';
import type { MemberRecord } from '../member.entity';
import { refuseSignInWithoutPhone } from '../member.rules';
import { OwnDetails } from './own-details';

/** A password that members of staff set on their own membership: judged like any other, and every other sign-in of theirs ends. */
@Injectable()
export class SetOwnSecret {
  constructor(
    private readonly unit: UnitOfWork,
    private readonly ownDetails: OwnDetails,
    private readonly judgePassword: JudgePassword,
    private readonly passwords: Passwords,
    private readonly changeSignIn: ChangeSignIn,
    private readonly sessions: Sessions,
  ) {}

  /** Judges and hashes; before the unit of work. */
  async prepare(actor: Actor, password: string): Promise<string> {
    const [row] = await this.unit.glance<{ signInPhone: string | null }>('select sign_in_phone from person where person_id = $1', [
      actor.personId,
    ]);
    const { isStaff, ...details } = await this.ownDetails.run(actor.personId);
    this.judgePassword.run(password, { ...details, phone: row?.signInPhone ?? null }, isStaff);
    return this.passwords.hash(password);
  }

  async run(actor: Actor, { personId, phone }: MemberRecord, passwordHash: string): Promise<void> {
    refuseSignInWithoutPhone(true, phone);
    await this.changeSignIn.run({ personId, signInPhone: null, passwordHash });
    await this.sessions.endAll(personId, actor.sessionId ?? null);
  }
}
