import { Injectable } from '@nestjs/common';
import { refuse } from '@timebank/contract';
import { UnitOfWork, violates } from '@timebank/database';

/**
 * Sets a person's sign-in phone, password or both; null leaves it as it is. Refuses `members/phone_in_use` without
 * parameters when another person signs in with that phone; the unit of work is lost then.
 */
@Injectable()
export class ChangeSignIn {
  constructor(private readonly unit: UnitOfWork) {}

  async run(change: { personId: string; signInPhone: string | null; passwordHash: string | null }): Promise<void> {
    await this.unit.run([], async () => {
      await this.unit
        .query(
          'update person set sign_in_phone = coalesce($2, sign_in_phone), password_hash = coalesce($3, password_hash) where person_id = $1',
          [change.personId, change.signInPhone, change.passwordHash],
        )
        .catch((error: unknown) => {
          throw violates(error, 'person_sign_in_phone_key') ? refuse('members/phone_in_use') : error;
        });
    });
  }
}
