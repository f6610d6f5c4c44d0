import { Injectable } from '@nestjs/common';
import { refuse } from '@timebank/contract';
import { UnitOfWork, violates } from '@timebank/database';

export type SignInToSet = {
  personId: string;
  signInPhone: string | null;
  /** From `Passwords.hash`, of a password that `JudgePassword` has let through and that the person chose. */
  passwordHash: string | null;
};

/**
 * Sets a person's sign-in phone, password or both; null leaves it as it is. A password set here is the person's own. Refuses
 * `members/phone_in_use` without parameters when another person signs in with that phone; the unit of work is lost then.
 */
@Injectable()
export class ChangeSignIn {
  constructor(private readonly unit: UnitOfWork) {}

  async run({ personId, signInPhone, passwordHash }: SignInToSet): Promise<void> {
    await this.unit.run([], async () => {
      await this.unit
        .query(
          `update person set sign_in_phone = coalesce($2, sign_in_phone), password_hash = coalesce($3, password_hash),
             secret_is_own = secret_is_own or $3::text is not null, secret_chosen_by = case when $3::text is null then secret_chosen_by end
            where person_id = $1`,
          [personId, signInPhone, passwordHash],
        )
        .catch((error: unknown) => {
          throw violates(error, 'person_sign_in_phone_key') ? refuse('members/phone_in_use') : error;
        });
    });
  }
}
