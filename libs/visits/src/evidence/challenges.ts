import { timingSafeEqual } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import { Sealer } from '@timebank/access';

const macBytes = 8;

/**
 * A visit's challenge in the day bundle: the instant it was handed out, under a keyed hash for this visit and person. A scan that carries it was made
 * later, whatever the phone's clock says.
 */
@Injectable()
export class Challenges {
  constructor(private readonly sealer: Sealer) {}

  make(visitId: string, personId: string, issuedAt: Date): string {
    const issued = issuedAt.getTime().toString(36);
    return `${issued}.${this.mac(visitId, personId, issued).toString('base64url')}`;
  }

  /** When it was handed out; null for anything that this installation did not make for this visit and person. */
  issuedAt(visitId: string, personId: string, challenge: string | undefined): Date | null {
    const [issued, mac] = challenge?.split('.') ?? [];
    if (!issued || !mac || !/^[0-9a-z]{1,9}$/.test(issued)) return null;
    const given = Buffer.from(mac, 'base64url');
    return given.length === macBytes && timingSafeEqual(given, this.mac(visitId, personId, issued)) ? new Date(parseInt(issued, 36)) : null;
  }

  private mac(visitId: string, personId: string, issued: string): Buffer {
    return this.sealer.seal('challenge', `${visitId} ${personId} ${issued}`).subarray(0, macBytes);
  }
}
