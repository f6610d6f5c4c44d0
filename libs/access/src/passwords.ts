import { randomBytes } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import { hash, verify } from '@node-rs/argon2';

/** OWASP Password Storage Cheat Sheet: argon2id with 19 MiB, two passes, one lane. Argon2id is the library's default. */
const cost = { memoryCost: 19_456, timeCost: 2, parallelism: 1 };

/** As passwords are hashed; then as they were typed, composed and taken apart: what was hashed before they were brought to one form still opens. */
function spellingsOf(password: string): Set<string> {
  return new Set([password.normalize('NFKC'), password, password.normalize('NFC'), password.normalize('NFD')]);
}

/** Hashes and checks passwords: one form whatever keyboard they come from (NFKC). Takes tens of milliseconds on purpose: call it outside a unit of work. */
@Injectable()
export class Passwords {
  private stranger: Promise<string> | null = null;

  hash(password: string): Promise<string> {
    return hash(password.normalize('NFKC'), cost);
  }

  /** Without a hash (unknown phone, person without password) it does the same work and says no. */
  async verify(passwordHash: string | null, password: string): Promise<boolean> {
    this.stranger ??= this.hash(randomBytes(16).toString('base64'));
    const against = passwordHash ?? (await this.stranger);
    for (const spelling of spellingsOf(password)) if (await verify(against, spelling)) return passwordHash !== null;
    return false;
  }
}
