import { Injectable } from '@nestjs/common';
import { type Actor, DisablePerson, Sessions } from '@timebank/access';
import { UnitOfWork } from '@timebank/database';
import type { Refusal } from '@timebank/kernel';
import { type Ahead, EndElsewhere, MemberPlans } from '@timebank/members';

/** What ends with a member besides their minutes, in the unit of work that sees them off. */
@Injectable()
export class EndLeaving {
  constructor(
    private readonly unit: UnitOfWork,
    private readonly endElsewhere: EndElsewhere,
    private readonly memberPlans: MemberPlans,
    private readonly disablePerson: DisablePerson,
    private readonly sessions: Sessions,
  ) {}

  /** Every bank that the unit of work has to see. */
  banks(bankId: string, memberId: string): Promise<string[]> {
    return this.endElsewhere.banks(bankId, memberId);
  }

  /** What would be called off. */
  ahead(bankId: string, memberId: string): Promise<Ahead> {
    return this.memberPlans.count(bankId, memberId);
  }

  /** Why they cannot leave yet, at any bank in sight. */
  underWay(memberId: string): Promise<Refusal | null> {
    return this.memberPlans.underWay(memberId);
  }

  /** At home and where they are a guest; the stays there as well. */
  async plans(actor: Actor, banks: readonly string[], memberId: string): Promise<void> {
    await this.endElsewhere.plans(actor, banks, memberId, 'refuse');
    await this.endElsewhere.stays(actor, memberId);
  }

  /** A person who belongs nowhere any more cannot sign in; others sign in anew, with the roles they still have. */
  async signIn(personId: string): Promise<void> {
    const roles = await this.unit.query('select from role where person_id = $1', [personId]);
    if (roles.length === 0) await this.disablePerson.run(personId, true);
    await this.sessions.endAll(personId);
  }
}
