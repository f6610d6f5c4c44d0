import { randomInt } from 'node:crypto';
import { Injectable, Logger } from '@nestjs/common';
import { refuse } from '@timebank/contract';
import { UnitOfWork } from '@timebank/database';
import { CodeSender } from './code-sender';
import { Sealer } from './sealer';
import { SignInLimit } from './sign-in-limit';

const codePurpose = 'sign-in code';

/** What is sealed of a code: bound to its phone. */
export function sealedCode(sealer: Sealer, phone: string, code: string): Buffer {
  return sealer.seal(codePurpose, `${phone} ${code}`);
}

/**
 * Makes a six-digit code that is good for ten minutes of real time and five attempts, and replaces the one before. A code is
 * laid down for an unknown phone too and merely not sent, so that the answer, its timing and its limit (one a minute:
 * `access/too_many_attempts`) say nothing about who is known.
 */
@Injectable()
export class RequestSignInCode {
  private readonly log = new Logger(RequestSignInCode.name);

  constructor(
    private readonly unit: UnitOfWork,
    private readonly limit: SignInLimit,
    private readonly sealer: Sealer,
    private readonly sender: CodeSender,
  ) {}

  async run(phone: string): Promise<void> {
    await this.limit.ask(phone);
    const code = String(randomInt(1_000_000)).padStart(6, '0');
    await this.unit.run([], async () => {
      await this.limit.lock(phone);
      await this.refuseHaste(phone);
      await this.unit.query(
        `insert into sign_in_code (phone, code_hash, expires_at, attempts_left) values ($1, $2, clock_timestamp() + interval '10 minutes', 5)
         on conflict (phone) do update set code_hash = excluded.code_hash, expires_at = excluded.expires_at, attempts_left = excluded.attempts_left`,
        [phone, sealedCode(this.sealer, phone, code)],
      );
      const known = await this.unit.one('select 1 from person where sign_in_phone = $1 and disabled_at is null', [phone]);
      if (known) this.unit.afterCommit(() => this.deliver(phone, code));
    });
  }

  private async refuseHaste(phone: string): Promise<void> {
    if (!this.limit.isOn) return;
    const row = await this.unit.one<{ waitSeconds: number }>(
      `select ceil(extract(epoch from expires_at - interval '9 minutes' - clock_timestamp()))::int as wait_seconds
         from sign_in_code where phone = $1 and expires_at > clock_timestamp() + interval '9 minutes'`,
      [phone],
    );
    if (row) throw refuse('access/too_many_attempts', { retryAfterSeconds: Math.max(1, row.waitSeconds) });
  }

  private deliver(phone: string, code: string): void {
    this.sender.send(phone, code).catch((error: unknown) => this.log.error('a sign-in code could not be sent', error));
  }
}
