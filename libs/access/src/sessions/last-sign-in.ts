import { Injectable } from '@nestjs/common';
import { UnitOfWork } from '@timebank/database';
import type { Actor } from '../actor.rules';

/** When, and at which transaction as the trail counts them. */
export type SignInBefore = { at: Date; xid: string };

/** The sign-in before the one that somebody uses; null where none is known: the browser of a last one is remembered for a year. */
@Injectable()
export class LastSignIn {
  constructor(private readonly unit: UnitOfWork) {}

  async run({ sessionId }: Actor): Promise<SignInBefore | null> {
    const found = await this.unit.one<SignInBefore>(
      'select before_at as at, before_xid::text as xid from session where session_id = $1 and before_xid is not null',
      [sessionId],
    );
    return found ?? null;
  }
}
