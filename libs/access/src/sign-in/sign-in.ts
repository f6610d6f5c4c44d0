import { Injectable } from '@nestjs/common';
import { UnitOfWork } from '@timebank/database';
import { olderSpellings } from '@timebank/kernel';
import { Passwords } from '../passwords/passwords';
import { type SignedIn, Sessions } from '../sessions/sessions';
import { SignInLimit } from '../sign-in-limit';
import { type SignInSource, unknownSource } from '../sign-in-source.rules';

/**
 * Sign-in by phone and password. An unknown phone, a wrong password and a barred person take the same work and get the
 * same `access/wrong_credentials`; after too many failures from one place `access/too_many_attempts` (see `SignInLimit`), right or wrong.
 */
@Injectable()
export class SignIn {
  constructor(
    private readonly unit: UnitOfWork,
    private readonly limit: SignInLimit,
    private readonly passwords: Passwords,
    private readonly sessions: Sessions,
  ) {}

  async run(given: { phone: string; password: string }, source: SignInSource = unknownSource): Promise<SignedIn> {
    const attempt = await this.limit.begin(given.phone, 'password', source);
    const person = await this.personWith(given);
    const opened = await this.unit.run([], async () => {
      await this.limit.lock(given.phone);
      await this.limit.settle(attempt, person !== null);
      return person ? this.sessions.open(person.personId, source) : null;
    });
    return this.sessions.signedIn(opened, 'access/wrong_credentials');
  }

  /** Two people may have stored two spellings of one landline before all spellings had one form; the password tells them apart. */
  private async personWith(given: { phone: string; password: string }): Promise<{ personId: string } | null> {
    const people = await this.unit.glance<{ personId: string; passwordHash: string | null }>(
      `select person_id, case when disabled_at is null then password_hash end as password_hash
         from person where sign_in_phone = any ($1) order by array_position($1, sign_in_phone)`,
      [olderSpellings(given.phone)],
    );
    const hashes = people.length === 0 ? [{ personId: '', passwordHash: null }] : people;
    for (const person of hashes) if (await this.passwords.verify(person.passwordHash, given.password)) return person;
    return null;
  }
}
