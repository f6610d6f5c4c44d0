import { Injectable } from '@nestjs/common';
import type { Actor } from '@timebank/access';
import type { LeavePreview } from '@timebank/contract';
import type { Refusal } from '@timebank/kernel';

/** `refuse`: visits that have begun and are not decided keep their people here. `keep`: they stay, for the desk to decide. */
export type UnderWay = 'refuse' | 'keep';
/** How much somebody has ahead: requests and cards at one bank, visits at every bank in sight. */
export type Ahead = Pick<LeavePreview, 'openRequests' | 'plannedVisits' | 'undecidedVisits' | 'cards'>;

/** What a room above plans for members, in the caller's unit of work. */
export type Plans = {
  /** Ends what somebody has planned at a bank. */
  end(actor: Actor, bankId: string, memberId: string, underWay: UnderWay): Promise<void>;
  count(bankId: string, memberId: string): Promise<Ahead>;
  /** Why they cannot leave yet: what they helped with, at any bank in sight, has begun and is not decided. */
  underWay(memberId: string): Promise<Refusal | null>;
};

/**
 * What a member has ahead of them, for ending a membership or barring somebody. Rooms above make plans for members, and register here how to count
 * and end them. So the rooms below need not know what a visit is.
 */
@Injectable()
export class MemberPlans {
  private readonly registered: Plans[] = [];

  register(plans: Plans): void {
    this.registered.push(plans);
  }

  async end(actor: Actor, bankId: string, memberId: string, underWay: UnderWay = 'refuse'): Promise<void> {
    for (const plans of this.registered) await plans.end(actor, bankId, memberId, underWay);
  }

  async count(bankId: string, memberId: string): Promise<Ahead> {
    const sum: Ahead = { openRequests: 0, plannedVisits: 0, undecidedVisits: 0, cards: 0 };
    for (const plans of this.registered) {
      const ahead = await plans.count(bankId, memberId);
      for (const kind of Object.keys(sum) as (keyof Ahead)[]) sum[kind] += ahead[kind];
    }
    return sum;
  }

  async underWay(memberId: string): Promise<Refusal | null> {
    for (const plans of this.registered) {
      const found = await plans.underWay(memberId);
      if (found) return found;
    }
    return null;
  }
}
