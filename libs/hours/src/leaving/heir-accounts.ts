import { Injectable } from '@nestjs/common';
import type { Actor } from '@timebank/access';
import { refuse } from '@timebank/contract';
import { FindMembers } from '@timebank/members';
import { GiftCheck } from '../transfers/gift-check';
import { PolicyToday } from '../policy-today';

/**
 * The accounts of those who may receive what a member leaves: spouse and relatives in direct line, aged as for gifts, on a
 * day. Refuses `hours/not_a_relative`, `hours/recipient_too_young`, and `settlements/second_person_needed` when the caller is
 * one of them.
 */
@Injectable()
export class HeirAccounts {
  constructor(
    private readonly policyToday: PolicyToday,
    private readonly giftCheck: GiftCheck,
    private readonly findMembers: FindMembers,
  ) {}

  async run(actor: Actor, bankId: string, memberId: string, heirIds: readonly string[], day: string): Promise<ReadonlyMap<string, string>> {
    const policy = await this.policyToday.run(bankId);
    for (const heirId of heirIds) await this.giftCheck.heir({ bankId, memberId }, { bankId, memberId: heirId }, day, policy);
    const heirs = await this.findMembers.run(bankId, heirIds);
    if (heirs.some((heir) => heir.personId === actor.personId)) throw refuse('settlements/second_person_needed');
    return new Map(heirs.map((heir) => [heir.memberId, heir.accountId]));
  }
}
