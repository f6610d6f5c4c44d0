import { Injectable } from '@nestjs/common';
import { type Actor, banksOf, hasRole, SecondPerson } from '@timebank/access';
import { ReadBank } from '@timebank/banks';
import { isWaiting, type LeaveInput, type LeftMember, refuse, type Stored, type Waiting } from '@timebank/contract';
import { deriveId, UnitOfWork } from '@timebank/database';
import { localDate } from '@timebank/kernel';
import { EndLeaving } from './end-leaving';
import { HeirAccounts } from './heir-accounts';
import { type Settlement, SettleMember } from './settle-member';
import { heirsOf, type SettlementInput } from './settlement.rules';

type Leaver = { personId: string; leftOn: string | null };

/**
 * Ends the membership of somebody who leaves or has died, by two admins (202 first). Cancels plans at home and as a guest and tells everybody, ends
 * cards, guest stays, roles and sign-ins, and hands minutes on as `SettleMember` says. Without a role anywhere the person cannot sign in any more.
 * One transaction; the same call again gets the same answer. Refuses as `SettleMember`, before it stores the first admin's call.
 */
@Injectable()
export class LeaveMember {
  constructor(
    private readonly unit: UnitOfWork,
    private readonly readBank: ReadBank,
    private readonly secondPerson: SecondPerson,
    private readonly heirAccounts: HeirAccounts,
    private readonly settleMember: SettleMember,
    private readonly leaving: EndLeaving,
  ) {}

  async run(actor: Actor, bankId: string, memberId: string, input: LeaveInput): Promise<Stored<LeftMember> | Waiting> {
    if (!hasRole(actor, 'admin', bankId)) throw refuse('access/not_allowed');
    const settling = settlingOf(memberId, input);
    const banks = await this.leaving.banks(bankId, memberId);
    return this.unit.run([...new Set([...banks, ...banksOf(actor, bankId)])], async () => {
      const leaver = await this.lock(bankId, memberId);
      if (leaver.leftOn === null) {
        await this.refuseUnsound(actor, bankId, settling);
        const waits = await this.second(actor, bankId, memberId, input);
        if (waits) return waits;
        await this.leaving.plans(actor, banks, memberId);
      }
      const { first, value } = await this.settleMember
        .run(actor, bankId, deriveId(memberId, 'leaving'), settling)
        .catch((error: unknown) => {
          // Under a derived id other content is not a reused id: the member has left in another way.
          throw (error as { code?: string }).code === 'settlements/id_reused' ? refuse('settlements/already_left') : error;
        });
      if (first) await this.leaving.signIn(leaver.personId);
      return { first, value: await this.answer(value) };
    });
  }

  private async lock(bankId: string, memberId: string): Promise<Leaver> {
    const leaver = await this.unit.one<Leaver>(
      'select person_id, left_on from member where bank_id = $1 and member_id = $2 for no key update',
      [bankId, memberId],
    );
    if (!leaver) throw refuse('members/not_found');
    return leaver;
  }

  private async refuseUnsound(actor: Actor, bankId: string, settling: SettlementInput): Promise<void> {
    const today = localDate(this.unit.now, (await this.readBank.run(bankId)).zone);
    if (settling.leftOn > today) throw refuse('settlements/day_in_future', { day: today }, 'body.on');
    const underWay = await this.leaving.underWay(settling.memberId);
    if (underWay) throw underWay;
    await this.heirAccounts.run(actor, bankId, settling.memberId, heirsOf(settling), today);
  }

  private async second(actor: Actor, bankId: string, memberId: string, input: LeaveInput): Promise<Waiting | null> {
    const act = { bankId, kind: 'leaving' as const, subjectId: memberId, content: input, memberId, roles: ['admin'] as const };
    const asked = await this.secondPerson.run(actor, act);
    return isWaiting(asked) ? asked : null;
  }

  private async answer({ bankId, memberId, leftOn, reason, balanceMinutes, shares }: Settlement): Promise<LeftMember> {
    const owners = await this.unit.query<{ accountId: string; ownerId: string }>(
      `select account_id, owner_id from account where bank_id = $1 and account_id = any ($2::uuid[]) and kind = 'member'`,
      [bankId, shares.map((share) => share.accountId)],
    );
    const ownerOf = new Map(owners.map(({ accountId, ownerId }) => [accountId, ownerId]));
    const named = shares.map(({ accountId, minutes, overflowMinutes }) => ({
      memberId: ownerOf.get(accountId) ?? null,
      minutes,
      overflowMinutes,
    }));
    return { memberId, on: leftOn, reason, balanceMinutes, shares: named };
  }
}

function settlingOf(memberId: string, { on, reason, heirs = [] }: LeaveInput): SettlementInput {
  const rest = heirs.find((heir) => heir.minutes === undefined);
  const named = heirs.flatMap(({ memberId: heirId, minutes }) => (minutes === undefined ? [] : [{ memberId: heirId, minutes }]));
  return { memberId, reason, leftOn: on, heirs: named, restTo: rest?.memberId ?? null };
}
