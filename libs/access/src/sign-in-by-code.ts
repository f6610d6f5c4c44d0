import { timingSafeEqual } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import { refuse } from '@timebank/contract';
import { UnitOfWork } from '@timebank/database';
import { sealedCode } from './request-sign-in-code';
import { Sealer } from './sealer';
import { type SignedIn, Sessions } from './sessions';
import { SignInLimit } from './sign-in-limit';

/**
 * Sign-in by one-time code. A code works once. A wrong, used, expired or five times missed code is `access/wrong_code`
 * and counts as a failed sign-in of the phone (`access/too_many_attempts`).
 */
@Injectable()
export class SignInByCode {
  constructor(
    private readonly unit: UnitOfWork,
    private readonly limit: SignInLimit,
    private readonly sealer: Sealer,
    private readonly sessions: Sessions,
  ) {}

  async run(given: { phone: string; code: string }): Promise<SignedIn> {
    const token = await this.unit.run([], async () => {
      await this.limit.lock(given.phone);
      const personId = await this.personFor(given);
      await this.limit.settle(given.phone, personId !== null);
      if (personId === null) return null;
      await this.unit.query('delete from sign_in_code where phone = $1', [given.phone]);
      return this.sessions.open(personId);
    });
    const actor = token === null ? null : await this.sessions.actor(token);
    if (token === null || actor === null) throw refuse('access/wrong_code');
    return { token, actor };
  }

  private async personFor(given: { phone: string; code: string }): Promise<string | null> {
    const row = await this.unit.one<{ codeHash: Buffer }>(
      `update sign_in_code set attempts_left = attempts_left - 1
        where phone = $1 and attempts_left > 0 and expires_at > clock_timestamp() returning code_hash`,
      [given.phone],
    );
    if (!row || !timingSafeEqual(row.codeHash, sealedCode(this.sealer, given.phone, given.code))) return null;
    const person = await this.unit.one<{ personId: string }>(
      'select person_id from person where sign_in_phone = $1 and disabled_at is null',
      [given.phone],
    );
    return person?.personId ?? null;
  }
}
