import { Injectable } from '@nestjs/common';
import type { Actor } from '@timebank/access';

/** Ends what somebody has planned, in the caller's unit of work; refuses when something cannot be ended any more. */
export type EndPlans = (actor: Actor, bankId: string, memberId: string) => Promise<void>;

/**
 * What a member has ahead of them, for whoever sees them off. Rooms above this one make plans for members, and register here
 * how these are ended; so the rooms below need not know what a visit is.
 */
@Injectable()
export class MemberPlans {
  private readonly enders: EndPlans[] = [];

  register(end: EndPlans): void {
    this.enders.push(end);
  }

  async end(actor: Actor, bankId: string, memberId: string): Promise<void> {
    for (const end of this.enders) await end(actor, bankId, memberId);
  }
}
