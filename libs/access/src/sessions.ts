import { createHash, randomBytes } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import { refuse } from '@timebank/contract';
import { UnitOfWork } from '@timebank/database';
import type { Actor, ActorRole } from './actor.rules';

/** What a successful sign-in hands over: the token is shown once and kept as a hash only. */
export type SignedIn = { token: string; actor: Actor };

export const sessionDays = 30;

const hashOf = (token: string) => createHash('sha256').update(token).digest();

type ActorLine = Omit<ActorRole, 'role'> & { personId: string; role: ActorRole['role'] | null };

/** Opaque sign-ins of 32 random bytes that end after 30 days of real time, on sign-out, or when the person is barred. */
@Injectable()
export class Sessions {
  constructor(private readonly unit: UnitOfWork) {}

  /** Inside a unit. The person's row is held, so that nobody is barred in between; one who is barred is refused. */
  async open(personId: string): Promise<string> {
    const token = randomBytes(32).toString('base64url');
    await this.unit.query('delete from session where person_id = $1 and expires_at < clock_timestamp()', [personId]);
    const made = await this.unit.one(
      `insert into session (token_hash, person_id, created_at, expires_at)
       select $1, person_id, clock_timestamp(), clock_timestamp() + interval '${sessionDays} days'
         from person where person_id = $2 and disabled_at is null for share
       returning person_id`,
      [hashOf(token), personId],
    );
    if (!made) throw refuse('access/wrong_credentials');
    return token;
  }

  /** Who carries a token, with all roles, in one statement; null when it is unknown, ended or its person barred. On every call's path. */
  async actor(token: string): Promise<Actor | null> {
    const lines = await this.unit.glance<ActorLine>(
      `select session.person_id, role.role, role.bank_id, role.member_id, role.home_bank_id
         from session
         join person on person.person_id = session.person_id and person.disabled_at is null
         left join role on role.person_id = session.person_id
        where session.token_hash = $1 and session.expires_at > clock_timestamp()
        order by role.granted_at`,
      [hashOf(token)],
    );
    const [first] = lines;
    if (!first) return null;
    const roles = lines.flatMap(({ role, bankId, memberId, homeBankId }) =>
      role === null ? [] : [{ role, bankId, memberId, ...(homeBankId ? { homeBankId } : {}) }],
    );
    return { personId: first.personId, roles };
  }

  async end(token: string): Promise<void> {
    await this.unit.run([], () => this.unit.query('delete from session where token_hash = $1', [hashOf(token)]));
  }

  /** Every sign-in of a person, on every device. */
  async endAll(personId: string): Promise<void> {
    await this.unit.run([], () => this.unit.query('delete from session where person_id = $1', [personId]));
  }
}
