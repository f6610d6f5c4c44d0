import { Injectable } from '@nestjs/common';
import { UnitOfWork } from '@timebank/database';
import { RequestSignInCode } from './request-sign-in-code';
import { SignInLimit } from '../sign-in-limit';
import type { SignInSource } from '../sign-in-source.rules';
import { OneTimeCodes } from '../codes/one-time-codes';

/** Proves by a code that somebody holds a phone, also one that nobody signs in with; with the budgets and limits of signing in. */
@Injectable()
export class ProvePhone {
  constructor(
    private readonly unit: UnitOfWork,
    private readonly limit: SignInLimit,
    private readonly codes: OneTimeCodes,
    private readonly requestCode: RequestSignInCode,
  ) {}

  request(phone: string, source: SignInSource): Promise<{ expiresAt: Date; minutes: number }> {
    return this.requestCode.run(phone, source, 'anybody');
  }

  /** Does `work` in one unit of work with the proof: the code is spent only by what was done. False, and counted as a wrong try, where it is wrong. */
  async run(
    given: { phone: string; code: string },
    source: SignInSource,
    banks: readonly string[],
    work: () => Promise<void>,
  ): Promise<boolean> {
    const attempt = await this.limit.begin(given.phone, 'code', source);
    return this.unit.run(banks, async () => {
      await this.limit.lock(given.phone);
      const isRight = await this.codes.isOfPhone(attempt, given.code);
      await this.limit.settle(attempt, isRight);
      if (!isRight) return false;
      await work();
      await this.unit.query('delete from sign_in_code where phone = $1', [given.phone]);
      return true;
    });
  }
}
