import { Injectable } from '@nestjs/common';
import { UnitOfWork } from '@timebank/database';
import { OneTimeCodes } from '../codes/one-time-codes';
import { type SignedIn, Sessions } from '../sessions/sessions';
import { SignInLimit } from '../sign-in-limit';
import { type SignInSource, unknownSource } from '../sign-in-source.rules';

/**
 * Sign-in by one-time code. A code works once. A wrong, used, expired or too often missed code is `access/wrong_code`
 * and counts as a failed sign-in of the phone by code (`access/too_many_attempts`).
 */
@Injectable()
export class SignInByCode {
  constructor(
    private readonly unit: UnitOfWork,
    private readonly limit: SignInLimit,
    private readonly codes: OneTimeCodes,
    private readonly sessions: Sessions,
  ) {}

  async run(given: { phone: string; code: string }, source: SignInSource = unknownSource): Promise<SignedIn> {
    const attempt = await this.limit.begin(given.phone, 'code', source);
    const opened = await this.unit.run([], async () => {
      await this.limit.lock(given.phone);
      const found = await this.codes.forSignIn(attempt, given.code);
      await this.limit.settle(attempt, found !== null);
      if (found === null) return null;
      await this.unit.query('delete from sign_in_code where phone = $1', [given.phone]);
      return this.sessions.open(found.personId, source);
    });
    return this.sessions.signedIn(opened, 'access/wrong_code');
  }
}
