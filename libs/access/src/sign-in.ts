import { Injectable } from '@nestjs/common';
import { refuse } from '@timebank/contract';
import { UnitOfWork } from '@timebank/database';
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
    const [person] = await this.unit.glance<{ personId: string; passwordHash: string | null }>(
      'select person_id, case when disabled_at is null then password_hash end as password_hash from person where sign_in_phone = $1',
      [given.phone],
    );
    const right = await this.passwords.verify(person?.passwordHash ?? null, given.password);
    const token = await this.unit.run([], async () => {
      await this.limit.lock(given.phone);
      await this.limit.settle(given.phone, right);
      return right && person ? this.sessions.open(person.personId) : null;
    });
    const actor = token === null ? null : await this.sessions.actor(token);
    if (token === null || actor === null) throw refuse('access/wrong_credentials');
    return { token, actor };
  }
}
