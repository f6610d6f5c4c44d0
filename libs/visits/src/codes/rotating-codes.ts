import { timingSafeEqual } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import { Sealer } from '@timebank/access';
import { codeOf, formatId } from '@timebank/kernel';
import { codeLength } from './card-text.rules';
import type { ShownCode } from './rotating.rules';

const macBytes = 8;

/**
 * Makes and reads `DISPLAY.STEP.MAC`: the display's id, the step, and 64 bits of HMAC-SHA-256 over both. The key is outside the
 * database, so that no code of a display can be computed from a stolen one.
 */
@Injectable()
export class RotatingCodes {
  constructor(private readonly sealer: Sealer) {}

  make({ displayId, step }: ShownCode): string {
    const display = Buffer.from(displayId.replaceAll('-', ''), 'hex').toString('base64url');
    return `${display}.${step}.${this.mac({ displayId, step }).toString('base64url')}`;
  }

  /** What a code contains; null unless this installation made it. */
  read(code: string): ShownCode | null {
    const [display = '', step = '', mac = '', more] = code.split('.');
    const bytes = Buffer.from(display, 'base64url');
    if (more !== undefined || bytes.length !== 16 || !/^[1-9]\d{0,11}$/.test(step)) return null;
    const shown = { displayId: formatId(bytes), step: Number(step) };
    const given = Buffer.from(mac, 'base64url');
    return given.length === macBytes && timingSafeEqual(given, this.mac(shown)) ? shown : null;
  }

  /** The same, to be typed where a camera fails: 40 bits under a key space of their own, which tell nothing of the MAC. */
  typed({ displayId, step }: ShownCode): string {
    return codeOf(this.sealer.seal('rotating typed', `${displayId} ${step}`).subarray(0, codeLength));
  }

  private mac({ displayId, step }: ShownCode): Buffer {
    return this.sealer.seal('rotating', `${displayId} ${step}`).subarray(0, macBytes);
  }
}
