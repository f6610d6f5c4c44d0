import { randomBytes } from 'node:crypto';
import { Inject, Injectable } from '@nestjs/common';
import { hash, verify } from '@node-rs/argon2';
import { ACCESS_OPTIONS, type AccessOptions, type PasswordCost } from '../access.options';
import { Turnstile } from './turnstile';

/** OWASP Password Storage Cheat Sheet: argon2id with 19 MiB, two passes, one lane. Argon2id is the library's default. */
const strongCost: PasswordCost = { memoryCost: 19_456, timeCost: 2, parallelism: 1 };
/** As many as Node's own threads; a hundred waiting are through in about a second, and more would only wait in vain. */
const [hashesAtOnce, mostWaiting] = [4, 100];

/** As passwords are hashed; then as they were typed, composed and taken apart: what was hashed before they were brought to one form still opens. */
function spellingsOf(password: string): Set<string> {
  return new Set([password.normalize('NFKC'), password, password.normalize('NFC'), password.normalize('NFD')]);
}

/**
 * Hashes and checks passwords, in one form whatever the keyboard (NFKC). It takes tens of milliseconds on purpose: call it outside a unit of work.
 * All hashing happens here. Refuses `service/busy` while too many wait.
 */
@Injectable()
export class Passwords {
  private readonly cost: PasswordCost;
  private readonly turnstile = new Turnstile(hashesAtOnce, mostWaiting);
  private stranger: Promise<string> | null = null;

  constructor(@Inject(ACCESS_OPTIONS) { passwordCost = strongCost }: AccessOptions) {
    this.cost = passwordCost;
  }

  hash(password: string): Promise<string> {
    return this.turnstile.pass(() => hash(password.normalize('NFKC'), this.cost));
  }

  /** Without a hash (unknown phone, person without a password) it does the same work and says no. */
  async verify(passwordHash: string | null, password: string): Promise<boolean> {
    this.stranger ??= hash(randomBytes(16).toString('base64'), this.cost);
    const against = passwordHash ?? (await this.stranger);
    for (const spelling of spellingsOf(password))
      if (await this.turnstile.pass(() => verify(against, spelling))) return passwordHash !== null;
    return false;
  }
}
