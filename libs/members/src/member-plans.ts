import { Injectable } from '@nestjs/common';
import type { Actor } from '@timebank/access';

/** `refuse`: what has begun and is not decided keeps its people here. `keep`: it stays, for the desk to decide. */
export type UnderWay = 'refuse' | 'keep';
/** Ends what somebody has planned at a bank, in the caller's unit of work. */
export type EndPlans = (actor: Actor, bankId: string, memberId: string, underWay: UnderWay) => Promise<void>;

/**
 * What a member has ahead of them, for whoever sees them off or bars them. Rooms above this one make plans for members, and register here
 * how these are ended; so the rooms below need not know what a visit is.
 */
@Injectable()
export class MemberPlans {
  private readonly enders: EndPlans[] = [];

  register(end: EndPlans): void {
    this.enders.push(end);
  }

  async end(actor: Actor, bankId: string, memberId: string, underWay: UnderWay = 'refuse'): Promise<void> {
    for (const end of this.enders) await end(actor, bankId, memberId, underWay);
  }
}
