import { Injectable } from '@nestjs/common';
import { UnitOfWork } from '@timebank/database';
import { newId } from '@timebank/kernel';
import { OneTimeCodes, triesOfStrangers } from '../codes/one-time-codes';
import { TellByText } from '../codes/tell-by-text';

/** `text`: the code goes to the person's phone. `counter`, `operator`: it is printed and handed over. */
export type ResetHow = 'text' | 'counter' | 'operator';
export type ResetToStart = { personId: string; phone: string; how: ResetHow; startedBy: string | null; confirmedBy: string | null };

/** How long a code is good in minutes of real time: to be typed during the call, or at home after the counter. */
const minutesOf: Record<ResetHow, number> = { text: 60, counter: 1_440, operator: 60 };

/**
 * Begins a reset: records who began it, when, for whom and how, makes the one valid code, and tells the person by text. An earlier, unused reset
 * ends. The person's sign-in has not changed yet. The caller checks who may begin one.
 */
@Injectable()
export class StartReset {
  constructor(
    private readonly unit: UnitOfWork,
    private readonly codes: OneTimeCodes,
    private readonly text: TellByText,
  ) {}

  /** The code is the caller's to print, or to forget when it was sent. */
  async run({ personId, phone, how, startedBy, confirmedBy }: ResetToStart): Promise<{ expiresAt: Date; code: string }> {
    const { code, codeHash } = this.codes.make(phone);
    return this.unit.run([], async () => {
      await this.unit.query('update sign_in_act set code_expires_at = clock_timestamp() where person_id = $1 and used_at is null', [
        personId,
      ]);
      const act = await this.unit.one<{ expiresAt: Date }>(
        `insert into sign_in_act (act_id, person_id, kind, how, started_by, confirmed_by, started_at, code_hash, code_made_at, code_expires_at, code_attempts_left)
         values ($1, $2, 'reset', $3, $4, $5, $6, $7, clock_timestamp(), clock_timestamp() + make_interval(mins => $8), ${triesOfStrangers})
         returning code_expires_at as expires_at`,
        [newId(), personId, how, startedBy, confirmedBy, this.unit.now, codeHash, minutesOf[how]],
      );
      if (how === 'text') this.text.code(phone, code);
      else this.text.news(phone, 'reset_started');
      return { expiresAt: act?.expiresAt ?? new Date(), code };
    });
  }
}
