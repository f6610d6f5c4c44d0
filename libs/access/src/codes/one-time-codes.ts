import { randomInt, timingSafeEqual } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import { UnitOfWork } from '@timebank/database';
import { Sealer } from '../sealer';
import type { Attempt } from '../sign-in-limit';

/** Wrong tries of a code from one place, and from all strange places together: it ends for a guesser, not for whom it was sent to. */
const triesHere = 5;
export const triesOfStrangers = 50;

export type FoundCode = { personId: string; actId: string | null };

type StoredCode = { codeHash: Buffer; triedHere: number };
const triedHere = (since: string) =>
  `(select count(*)::int from sign_in_failure where phone = $1 and way = 'code' and place_hash = $2 and failed_at > ${since})`;

/** Six digits, sealed under the secret key and bound to a phone. */
@Injectable()
export class OneTimeCodes {
  constructor(
    private readonly unit: UnitOfWork,
    private readonly sealer: Sealer,
  ) {}

  make(phone: string): { code: string; codeHash: Buffer } {
    const code = String(randomInt(1_000_000)).padStart(6, '0');
    return { code, codeHash: this.sealed(phone, code) };
  }

  /** Whose code it is, among codes for signing in; null when it is wrong, used, ended or tried too often. In the unit that holds the phone's lock. */
  async forSignIn(attempt: Attempt, code: string): Promise<FoundCode | null> {
    const person = (await this.isOfPhone(attempt, code)) ? await this.personOf(attempt.phone) : null;
    return person && { personId: person.personId, actId: null };
  }

  /** Whether it is the code that was last sent to that phone, whosever it is. In the unit that holds the phone's lock. */
  async isOfPhone(attempt: Attempt, code: string): Promise<boolean> {
    const kept = await this.unit.one<StoredCode>(
      `update sign_in_code set attempts_left = greatest(attempts_left - 1, 0)
        where phone = $1 and (attempts_left > 0 or $3) and expires_at > clock_timestamp()
       returning code_hash, ${triedHere('made_at')} as tried_here`,
      [attempt.phone, attempt.placeHash, attempt.isKnown],
    );
    return kept !== null && this.isSame(kept, attempt.phone, code);
  }

  /** The same for codes that open a reset: one that staff sent or printed, or one that the person requested to sign in. */
  async forReset(attempt: Attempt, code: string): Promise<FoundCode | null> {
    const person = await this.personOf(attempt.phone);
    const kept = await this.unit.query<StoredCode & { actId: string }>(
      `update sign_in_act set code_attempts_left = greatest(code_attempts_left - 1, 0)
        where person_id = $4 and used_at is null and (code_attempts_left > 0 or $3) and code_expires_at > clock_timestamp()
       returning act_id, code_hash, ${triedHere('code_made_at')} as tried_here`,
      [attempt.phone, attempt.placeHash, attempt.isKnown, person?.personId ?? null],
    );
    const found = kept.find((one) => this.isSame(one, attempt.phone, code));
    if (found && person) return { personId: person.personId, actId: found.actId };
    return this.forSignIn(attempt, code);
  }

  private isSame(kept: StoredCode, phone: string, code: string): boolean {
    return timingSafeEqual(kept.codeHash, this.sealed(phone, code)) && kept.triedHere < triesHere;
  }

  private personOf(phone: string): Promise<{ personId: string } | null> {
    return this.unit.one('select person_id from person where sign_in_phone = $1 and disabled_at is null', [phone]);
  }

  private sealed(phone: string, code: string): Buffer {
    return this.sealer.seal('sign-in code', `${phone} ${code}`);
  }
}
