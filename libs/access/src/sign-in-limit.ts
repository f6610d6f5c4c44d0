import { createHash } from 'node:crypto';
import { Inject, Injectable } from '@nestjs/common';
import { refuse } from '@timebank/contract';
import { UnitOfWork } from '@timebank/database';
import { newId } from '@timebank/kernel';
import { ACCESS_OPTIONS, type AccessOptions } from './access.options';
import { Sealer } from './sealer';
import { networkOf, type SignInSource } from './sign-in-source.rules';

export type SignInWay = 'password' | 'code';
/** A phone number tried from one place, by password or by code. A known device is a place of its own, wherever it is. */
export type Attempt = { phone: string; way: SignInWay; placeHash: Buffer; isKnown: boolean };

/** For a phone number from one place, and from all places it does not know, within 15 minutes. */
const [mostFailures, mostOfStrangers] = [10, 100];
const recent = `
  with recent as (
    select failed_at, place_hash = $3 as is_here, is_known from sign_in_failure
     where phone = $1 and way = $2 and failed_at > clock_timestamp() - interval '15 minutes'
  ), here as (select failed_at from recent where is_here order by failed_at desc limit ${mostFailures}),
  strangers as (select failed_at from recent where not is_known order by failed_at desc limit ${mostOfStrangers})
  select (select count(*)::int from here) as here, (select count(*)::int from strangers) as strangers,
    ceil(extract(epoch from greatest((select min(failed_at) from here), (select min(failed_at) from strangers)) + interval '15 minutes' - clock_timestamp()))::int as wait_seconds`;

type Recent = { here: number; strangers: number; waitSeconds: number | null };

export const deviceHash = (token: string) => createHash('sha256').update(token).digest();

/**
 * Ten failed sign-ins for a phone number from one place, and a hundred from all places new to it, in 15 minutes of real time, whether the number is
 * known or not, passwords and codes counted apart. So people who guess shut out only themselves, and one way stays open when the other is shut. A
 * browser that the person has signed in with counts alone. Places are kept as keyed hashes.
 */
@Injectable()
export class SignInLimit {
  constructor(
    private readonly unit: UnitOfWork,
    private readonly sealer: Sealer,
    @Inject(ACCESS_OPTIONS) private readonly options: AccessOptions,
  ) {}

  get isOn(): boolean {
    return this.options.rateLimit ?? true;
  }

  placeOf(source: SignInSource): Buffer {
    return this.sealer.seal('sign-in place', networkOf(source.address));
  }

  /** Refuses `access/too_many_attempts` before any costly work is done, and names the other way in. */
  async begin(phone: string, way: SignInWay, source: SignInSource): Promise<Attempt> {
    const isKnown = source.device !== null && (await this.isKnown(phone, deviceHash(source.device)));
    const placeHash = isKnown ? deviceHash(source.device ?? '') : this.placeOf(source);
    const attempt = { phone, way, placeHash, isKnown };
    if (this.isOn) this.judge(attempt, (await this.unit.glance<Recent>(recent, [phone, way, placeHash]))[0]);
    return attempt;
  }

  /** Attempts on one phone come one after another from here to the end of the unit. */
  async lock(phone: string): Promise<void> {
    await this.unit.query(`select pg_advisory_xact_lock(hashtextextended('timebank sign-in ' || $1, 0))`, [phone]);
  }

  /**
   * Inside a unit that holds the lock: decides whether an attempt may have its result. Parallel guesses are settled one
   * by one, so that at most ten of them learn that they were wrong, and a right one after those is refused as well.
   */
  async settle(attempt: Attempt, right: boolean): Promise<void> {
    if (!this.isOn) return;
    const { phone, way, placeHash, isKnown } = attempt;
    this.judge(attempt, (await this.unit.one<Recent>(recent, [phone, way, placeHash])) ?? undefined);
    if (right) return;
    await this.unit.query(`delete from sign_in_failure where phone = $1 and failed_at < clock_timestamp() - interval '15 minutes'`, [
      phone,
    ]);
    await this.unit.query(
      `insert into sign_in_failure (failure_id, phone, failed_at, way, place_hash, is_known) values ($1, $2, clock_timestamp(), $3, $4, $5)`,
      [newId(), phone, way, placeHash, isKnown],
    );
  }

  private async isKnown(phone: string, hash: Buffer): Promise<boolean> {
    const rows = await this.unit.glance(
      'select from known_device join person using (person_id) where person.sign_in_phone = $1 and known_device.device_hash = $2',
      [phone, hash],
    );
    return rows.length > 0;
  }

  private judge({ way, isKnown }: Attempt, row: Recent | undefined): void {
    if (!row || (row.here < mostFailures && (isKnown || row.strangers < mostOfStrangers))) return;
    const otherWay = way === 'password' ? 'code' : 'password';
    throw refuse('access/too_many_attempts', { retryAfterSeconds: Math.max(1, row.waitSeconds ?? 1), otherWay });
  }
}
