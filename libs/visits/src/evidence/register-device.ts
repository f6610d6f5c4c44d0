import { createPublicKey } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import type { Actor } from '@timebank/access';
import { refuse, type DeviceInput, type Stored } from '@timebank/contract';
import { isSame, UnitOfWork } from '@timebank/database';

const mostDevices = 50;

/**
 * Registers a phone's public key for the person who is signed in on it. Several people may share a phone: each registers it for themselves, under the
 * phone's one id. Idempotent by that id; another key is `devices/id_reused`, anything but a P-256 key `devices/unsound_key`, a person's 51st phone
 * `devices/too_many`. Losing the key locks nobody out: the phone registers a new one, and the first visit with it is flagged NEW_DEVICE.
 */
@Injectable()
export class RegisterDevice {
  constructor(private readonly unit: UnitOfWork) {}

  async run(actor: Actor, deviceId: string, { publicKey }: DeviceInput): Promise<Stored<{ done: true }>> {
    const key = Buffer.from(publicKey, 'base64url');
    if (!isP256(key)) throw refuse('devices/unsound_key', {}, 'body.publicKey');
    return this.unit.run([], async () => {
      const made = await this.unit.one(
        `insert into device (person_id, device_id, public_key, first_seen_at) select $1::uuid, $2::uuid, $3::bytea, $4::timestamptz
         where (select count(*) from device where person_id = $1::uuid) < $5::integer on conflict do nothing returning device_id`,
        [actor.personId, deviceId, key, this.unit.now, mostDevices],
      );
      if (made) return { first: true, value: { done: true } };
      const stored = await this.unit.one<{ publicKey: Buffer }>('select public_key from device where person_id = $1 and device_id = $2', [
        actor.personId,
        deviceId,
      ]);
      if (!stored) throw refuse('devices/too_many');
      return { first: !isSame(stored.publicKey, { hash: key, reused: 'devices/id_reused' }), value: { done: true } };
    });
  }
}

function isP256(key: Buffer): boolean {
  try {
    const { asymmetricKeyType, asymmetricKeyDetails } = createPublicKey({ key, format: 'der', type: 'spki' });
    return asymmetricKeyType === 'ec' && asymmetricKeyDetails?.namedCurve === 'prime256v1';
  } catch {
    return false;
  }
}
