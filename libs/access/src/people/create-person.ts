import { Injectable } from '@nestjs/common';
import { UnitOfWork } from '@timebank/database';

export type NewPerson = {
  personId: string;
  signInPhone: string | null;
  /** From `Passwords.hash`, made before the unit of work. */
  passwordHash: string | null;
  /** Who chose the password, if not the person. It works, and the person should replace it. */
  secretChosenBy?: string | null;
};

/**
 * Stores a person, with or without a way to sign in. Repeating it with the same id changes nothing. It answers instead of refusing, since the caller
 * knows who may hear what: `phone_in_use` means that another person signs in with it.
 */
@Injectable()
export class CreatePerson {
  constructor(private readonly unit: UnitOfWork) {}

  async run(person: NewPerson): Promise<'created' | 'exists' | 'phone_in_use'> {
    return this.unit.run([], async () => {
      const made = await this.unit.one(
        `insert into person (person_id, sign_in_phone, password_hash, created_at, secret_is_own, secret_chosen_by)
         values ($1, $2, $3, $4, $5::uuid is null, $5) on conflict do nothing returning person_id`,
        [person.personId, person.signInPhone, person.passwordHash, this.unit.now, person.secretChosenBy ?? null],
      );
      if (made) return 'created';
      const same = await this.unit.one('select 1 from person where person_id = $1', [person.personId]);
      return same ? 'exists' : 'phone_in_use';
    });
  }
}
