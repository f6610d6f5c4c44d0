import { Injectable } from '@nestjs/common';
import { refuse } from '@timebank/contract';
import { UnitOfWork } from '@timebank/database';
import { SignInActRow } from './sign-in-act.entity';
import { ChangeSignIn } from '../sign-in/change-sign-in';
import { KnownDevices } from '../known-devices';
import { type FoundCode, OneTimeCodes } from '../codes/one-time-codes';
import { type OpenedSession, Sessions } from '../sessions/sessions';
import { SignInLimit } from '../sign-in-limit';
import { type SignInSource, unknownSource } from '../sign-in-source.rules';
import { TellByText } from '../codes/tell-by-text';

type PhoneAndCode = { phone: string; code: string };

/** What a reset leaves behind: the code is used up, it is on record, nobody else is signed in, and the phone gets a text. */
@Injectable()
export class ResetEffects {
  constructor(
    private readonly unit: UnitOfWork,
    private readonly devices: KnownDevices,
    private readonly sessions: Sessions,
    private readonly text: TellByText,
  ) {}

  async after(phone: string, { personId, actId }: FoundCode): Promise<void> {
    await this.unit.query('delete from sign_in_code where phone = $1', [phone]);
    if (actId !== null) await this.unit.updateRow(SignInActRow, { actId }, { usedAt: this.unit.now });
    await this.sessions.endAll(personId);
    await this.devices.forgetAll(personId);
    this.text.news(phone, 'password_changed');
  }
}

/**
 * The second half of a reset: whoever has the code chooses a password. `check` says whose code it is, so that the password can be judged by what is
 * known about that person; a wrong code is `access/wrong_code` and counts as a failed sign-in by code. `run` uses the code up.
 */
@Injectable()
export class FinishReset {
  constructor(
    private readonly unit: UnitOfWork,
    private readonly limit: SignInLimit,
    private readonly codes: OneTimeCodes,
    private readonly changeSignIn: ChangeSignIn,
    private readonly sessions: Sessions,
    private readonly reset: ResetEffects,
  ) {}

  /** The code stays good: a password that is refused can be chosen again. */
  async check(given: PhoneAndCode, source: SignInSource = unknownSource): Promise<string> {
    const attempt = await this.limit.begin(given.phone, 'code', source);
    const found = await this.unit.run([], async () => {
      await this.limit.lock(given.phone);
      const match = await this.codes.forReset(attempt, given.code);
      await this.limit.settle(attempt, match !== null);
      return match;
    });
    if (found === null) throw refuse('access/wrong_code');
    return found.personId;
  }

  /** In the caller's unit; the caller tells the person's banks. Ends every other sign-in and forgets every browser. */
  async run(given: PhoneAndCode, passwordHash: string, source: SignInSource = unknownSource): Promise<OpenedSession> {
    const attempt = await this.limit.begin(given.phone, 'code', source);
    await this.limit.lock(given.phone);
    const found = await this.codes.forReset(attempt, given.code);
    if (found === null) throw refuse('access/wrong_code');
    await this.changeSignIn.run({ personId: found.personId, signInPhone: null, passwordHash });
    await this.reset.after(given.phone, found);
    return this.sessions.open(found.personId, source);
  }
}
