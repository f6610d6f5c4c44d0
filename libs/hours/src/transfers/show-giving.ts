import { Injectable } from '@nestjs/common';
import { type Actor, memberIn } from '@timebank/access';
import { ReadBank } from '@timebank/banks';
import { type Giving, type Policy, refuse } from '@timebank/contract';
import { UnitOfWork } from '@timebank/database';
import { localDate } from '@timebank/kernel';
import { FindMembers, type RelatedMember, RelatedMembers } from '@timebank/members';
import { AccountInSight } from '../accounts/account-in-sight';
import { PolicyToday } from '../policy-today';
import { ageOn, mayReceiveGift } from './transfer.rules';

type Context = { bankId: string; day: string; policy: Policy };

/**
 * Whom the owner of an account may give minutes to today, and where donations go: what a screen needs before it sends a transfer. A relative who
 * cannot receive yet is listed with the reason; `TransferHours` checks again. For the owner only: refuses `ledger/account_not_found`,
 * `access/not_allowed`. Reads only.
 */
@Injectable()
export class ShowGiving {
  constructor(
    private readonly unit: UnitOfWork,
    private readonly accountInSight: AccountInSight,
    private readonly relatedMembers: RelatedMembers,
    private readonly findMembers: FindMembers,
    private readonly readBank: ReadBank,
    private readonly policyToday: PolicyToday,
  ) {}

  async run(actor: Actor, bankId: string, accountId: string): Promise<Giving> {
    const { ownerId, relatives } = await this.unit.run([bankId], async () => {
      const account = await this.accountInSight.run(actor, bankId, accountId);
      if (account.ownerId === null || account.ownerId !== memberIn(actor, bankId)) throw refuse('access/not_allowed');
      return { ownerId: account.ownerId, relatives: await this.relatedMembers.run(bankId, account.ownerId) };
    });
    // Until the other bank has confirmed the relation, we look at nothing there.
    const banks = new Set([bankId, ...relatives.flatMap(({ otherBankId, confirmed }) => (otherBankId && confirmed ? [otherBankId] : []))]);
    return this.unit.run([...banks], async () => {
      const bank = await this.readBank.run(bankId);
      const context = { bankId, day: localDate(this.unit.now, bank.zone), policy: await this.policyToday.run(bankId) };
      const shown: Giving['relatives'] = [];
      for (const relative of relatives.filter(({ memberId }) => memberId !== ownerId)) shown.push(await this.relative(relative, context));
      return { accountId, poolAccountId: bank.poolAccountId, relatives: shown };
    });
  }

  private async relative(
    { memberId, name, kind, otherBankId, confirmed }: RelatedMember,
    context: Context,
  ): Promise<Giving['relatives'][number]> {
    const bankId = otherBankId ?? context.bankId;
    const known = { memberId, bankId, kind };
    if (!confirmed) return { ...known, name, accountId: null, refusal: 'not_confirmed' };
    const [member] = await this.findMembers.run(bankId, [memberId]);
    if (!mayReceiveGift(kind)) return { ...known, name: member?.name ?? name, accountId: null, refusal: 'not_a_relative' };
    const isOfAge = member !== undefined && ageOn(member.birthDate, context.day) >= context.policy.giftRecipientFromAge;
    if (!isOfAge) return { ...known, name: member?.name ?? name, accountId: null, refusal: 'too_young' };
    return { ...known, name: member.name, accountId: member.accountId, refusal: null };
  }
}
