import { randomBytes } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import { hash, verify } from '@node-rs/argon2';

/** OWASP Password Storage Cheat Sheet: argon2id with 19 MiB, two passes, one lane. Argon2id is the library's default. */
const cost = { memoryCost: 19_456, timeCost: 2, parallelism: 1 };

/** Hashes and checks passwords. Takes tens of milliseconds on purpose: call it outside a unit of work. */
@Injectable()
export class Passwords {
  private stranger: Promise<string> | null = null;

  hash(password: string): Promise<string> {
    return hash(password, cost);
  }

  /** Without a hash (unknown phone, person without password) it does the same work and says no. */
  async verify(passwordHash: string | null, password: string): Promise<boolean> {
    this.stranger ??= this.hash(randomBytes(16).toString('base64'));
    const matches = await verify(passwordHash ?? (await this.stranger), password);
    return matches && passwordHash !== null;
  }
}
