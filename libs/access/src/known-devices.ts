import { randomBytes } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import { UnitOfWork } from '@timebank/database';
import { deviceHash } from './sign-in-limit';

/** How many days an unused browser is remembered, and how many browsers of a person. */
export const deviceDays = 365;
const mostDevices = 20;

/** Browsers that a person has signed in with, kept as hashes. Wrong tries by strangers on the person's number do not shut these out. */
@Injectable()
export class KnownDevices {
  constructor(private readonly unit: UnitOfWork) {}

  /** Inside the unit of a successful sign-in. Answers the browser's token, a new one where it had none. */
  async remember(personId: string, token: string | null): Promise<string> {
    const kept = token ?? randomBytes(32).toString('base64url');
    await this.unit.query(
      `insert into known_device (person_id, device_hash, last_used_at, signed_in_xid) values ($1, $2, clock_timestamp(), ledger_xid())
       on conflict (person_id, device_hash) do update set last_used_at = excluded.last_used_at, signed_in_xid = excluded.signed_in_xid`,
      [personId, deviceHash(kept)],
    );
    await this.unit.query(
      `delete from known_device where person_id = $1 and device_hash in
         (select device_hash from known_device where person_id = $1 order by last_used_at desc offset ${mostDevices})`,
      [personId],
    );
    return kept;
  }

  /** After a reset or a moved phone no browser is known any more. */
  async forgetAll(personId: string): Promise<void> {
    await this.unit.query('delete from known_device where person_id = $1', [personId]);
  }
}
