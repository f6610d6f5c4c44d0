import { Injectable } from '@nestjs/common';
import { refuse } from '@timebank/contract';
import { UnitOfWork } from '@timebank/database';
import { olderSpellings } from '@timebank/kernel';
import { Passwords } from './passwords';
import { type SignedIn, Sessions } from './sessions';
import { SignInLimit } from './sign-in-limit';

/**
 * Sign-in by phone and password. An unknown phone, a wrong password and a barred person take the same work and get the
 * same `access/wrong_credentials`; after ten failures of a phone in 15 minutes `access/too_many_attempts`, right or wrong.
 */
@Injectable()
export class SignIn {
  constructor(
    private readonly unit: UnitOfWork,
    private readonly limit: SignInLimit,
    private readonly passwords: Passwords,
    private readonly sessions: Sessions,
  ) {}

  async run(given: { phone: string; password: string }): Promise<SignedIn> {
    await this.limit.ask(given.phone);
    const person = await this.personWith(given);
    const right = person !== null;
    const token = await this.unit.run([], async () => {
      await this.limit.lock(given.phone);
      await this.limit.settle(given.phone, right);
      return person ? this.sessions.open(person.personId) : null;
    });
    const actor = token === null ? null : await this.sessions.actor(token);
    if (token === null || actor === null) throw refuse('access/wrong_credentials');
    return { token, actor };
  }

  /** Two people may have kept two spellings of one landline from before there was one form: the password tells them apart. */
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
