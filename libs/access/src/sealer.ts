import { createHmac } from 'node:crypto';
import { Inject, Injectable } from '@nestjs/common';
import { ACCESS_OPTIONS, type AccessOptions } from './access.options';

/**
 * Keyed hashes (HMAC-SHA-256) of short secrets: a sign-in code or a card's token cannot be guessed from a stolen
 * database without the key, which is not in it. Each purpose has a key space of its own.
 */
@Injectable()
export class Sealer {
  constructor(@Inject(ACCESS_OPTIONS) private readonly options: AccessOptions) {}

  seal(purpose: string, text: string): Buffer {
    return createHmac('sha256', this.options.secretKey).update(`${purpose}\u0000${text}`).digest();
  }
}
