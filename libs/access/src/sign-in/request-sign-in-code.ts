import { Injectable } from '@nestjs/common';
import { refuse } from '@timebank/contract';
import { UnitOfWork } from '@timebank/database';
import { CodeBudgets } from '../codes/code-budgets';
import { OneTimeCodes, triesOfStrangers } from '../codes/one-time-codes';
import { SignInLimit } from '../sign-in-limit';
import { type SignInSource, unknownSource } from '../sign-in-source.rules';
import { TellByText } from '../codes/tell-by-text';

/** How many minutes of real time a sign-in code is valid. The answer carries it; screens show what the answer says. */
const codeMinutes = 10;

/**
 * Makes a six-digit code that replaces the last one, and answers how long it is valid. For an unknown phone it stores a code too and just does not
 * send it, so the answer, its timing and its limits (one a minute: `access/too_many_attempts`; the budgets of `CodeBudgets`: `access/too_many_codes`)
 * do not reveal who is known.
 */
@Injectable()
export class RequestSignInCode {
  constructor(
    private readonly unit: UnitOfWork,
    private readonly limit: SignInLimit,
    private readonly budgets: CodeBudgets,
    private readonly codes: OneTimeCodes,
    private readonly text: TellByText,
  ) {}

  async run(
    phone: string,
    source: SignInSource = unknownSource,
    /** Whose phone it may be: to join, anybody's. */
    of: 'known people' | 'anybody' = 'known people',
  ): Promise<{ expiresAt: Date; minutes: number }> {
    await this.limit.begin(phone, 'code', source);
    const { code, codeHash } = this.codes.make(phone);
    const expiresAt = await this.unit.run([], async () => {
      await this.limit.lock(phone);
      await this.refuseHaste(phone);
      const isSent =
        of === 'anybody' ||
        (await this.unit.one('select 1 from person where sign_in_phone = $1 and disabled_at is null', [phone])) !== null;
      await this.budgets.take(phone, this.limit.placeOf(source), isSent);
      const kept = await this.unit.one<{ expiresAt: Date }>(
        `insert into sign_in_code (phone, code_hash, made_at, expires_at, attempts_left)
         values ($1, $2, clock_timestamp(), clock_timestamp() + interval '${codeMinutes} minutes', ${triesOfStrangers})
         on conflict (phone) do update
           set code_hash = excluded.code_hash, made_at = excluded.made_at, expires_at = excluded.expires_at, attempts_left = excluded.attempts_left
         returning expires_at`,
        [phone, codeHash],
      );
      if (isSent) this.text.code(phone, code);
      return kept?.expiresAt ?? new Date();
    });
    return { expiresAt, minutes: codeMinutes };
  }

  private async refuseHaste(phone: string): Promise<void> {
    if (!this.limit.isOn) return;
    const row = await this.unit.one<{ waitSeconds: number }>(
      `select ceil(extract(epoch from made_at + interval '1 minute' - clock_timestamp()))::int as wait_seconds
         from sign_in_code where phone = $1 and made_at > clock_timestamp() - interval '1 minute'`,
      [phone],
    );
    if (row) throw refuse('access/too_many_attempts', { retryAfterSeconds: Math.max(1, row.waitSeconds), otherWay: 'password' });
  }
}
