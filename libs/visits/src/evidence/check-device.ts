import { createPublicKey, verify } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import { scanText, type ScanInput } from '@timebank/contract';
import { UnitOfWork } from '@timebank/database';
import { dayRange, localDate } from '@timebank/kernel';
import type { DeviceEvidence } from './evidence';
import type { LockedVisit } from '../visit-lock';

type KnownDevice = { publicKey: Buffer | null; isNew: boolean; others: number };

/** `$1` person, `$2` device, `$3` bank, `$4` visit, `$5` and `$6` the day. A device is new while another one of the person's was there before it and no other visit of theirs was scanned with it. */
const known = `select d.public_key,
    exists (select from device o where o.person_id = $1 and o.device_id <> $2 and o.first_seen_at < d.first_seen_at)
      and not exists (select from scan_event s where s.bank_id = $3 and s.device ->> 'deviceId' = $2::text and s.actor_id = $1 and s.visit_id <> $4
        and s.outcome = 'accepted' and s.device ->> 'proof' = 'valid') as is_new,
    (select count(distinct s.actor_id) from scan_event s where s.bank_id = $3 and s.device ->> 'deviceId' = $2::text and s.actor_id <> $1
      and s.at >= $5 and s.at < $6 and s.outcome = 'accepted')::integer as others
  from (select $1::uuid as person_id, $2::uuid as device_id) asked left join device d using (person_id, device_id)`;

/** Which phone made a scan, and whether its key can prove it. In the caller's unit; changes nothing. */
@Injectable()
export class CheckDevice {
  constructor(private readonly unit: UnitOfWork) {}

  async run(
    personId: string,
    visit: Pick<LockedVisit, 'bankId' | 'visitId' | 'zone'>,
    eventId: string,
    input: ScanInput,
    at: Date,
  ): Promise<DeviceEvidence | null> {
    const { device } = input;
    if (!device) return null;
    const { from, to } = dayRange(localDate(at, visit.zone), visit.zone);
    const row = await this.unit.one<KnownDevice>(known, [personId, device.deviceId, visit.bankId, visit.visitId, from, to]);
    const text = scanText({ ...input, eventId, visitId: visit.visitId });
    const isSigned = row?.publicKey ? isSignedBy(row.publicKey, text, device.signature) : null;
    const proof = isSigned === null ? 'unknown' : isSigned ? 'valid' : 'invalid';
    return { deviceId: device.deviceId, proof, isNew: row?.isNew ?? false, people: (row?.others ?? 0) + 1 };
  }
}

function isSignedBy(publicKey: Buffer, text: string, signature: string): boolean {
  const key = createPublicKey({ key: publicKey, format: 'der', type: 'spki' });
  return verify('sha256', Buffer.from(text), { key, dsaEncoding: 'ieee-p1363' }, Buffer.from(signature, 'base64url'));
}
