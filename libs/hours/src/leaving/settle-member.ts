import { Injectable } from '@nestjs/common';
import { type Actor, hasRole } from '@timebank/access';
import { ReadBank } from '@timebank/banks';
import { refuse, type Stored } from '@timebank/contract';
import { contentHash, isSame, UnitOfWork } from '@timebank/database';
import { localDate } from '@timebank/kernel';
import { MarkLeft, MemberPlans } from '@timebank/members';
import { HandOver, type Share } from './hand-over';
import { HeirAccounts } from './heir-accounts';
import { SettlementRow, type SettlementShareRow } from './settlement.entity';
import { heirsOf, portionsOf, type SettlementInput } from './settlement.rules';

export type Settlement = Omit<SettlementRow, 'contentHash'> & { shares: Share[] };

/**
 * Settles the account of a member who leaves or has died, in one transaction. It cancels plans and releases holds. What is left goes to spouse or
 * relatives in direct line, aged as for gifts, or to the donation pool, or is split, with rows of kind `settlement`. The account closes and the
 * member is marked as left. Nothing is destroyed without a row. By an admin of bank or city who is no heir. Idempotent by id. Refuses
 * `settlements/id_reused`, `already_left`, `day_in_future`, `visit_under_way`, `activity_not_closed`, `own_heir`, `listed_twice`, `second_person_needed`,
 * `hours/not_a_relative`, `hours/recipient_too_young`, `members/not_found`, and `ledger/overdraft` when the heirs' minutes are more than there are.
 * Source: NEXUS destroys such hours without rows; here they are settled.
 */
@Injectable()
export class SettleMember {
  constructor(
    private readonly unit: UnitOfWork,
    private readonly readBank: ReadBank,
    private readonly markLeft: MarkLeft,
    private readonly memberPlans: MemberPlans,
    private readonly heirAccounts: HeirAccounts,
    private readonly handOver: HandOver,
  ) {}

  async run(actor: Actor, bankId: string, settlementId: string, input: SettlementInput): Promise<Stored<Settlement>> {
    if (!hasRole(actor, 'admin', bankId)) throw refuse('access/not_allowed');
    const hash = contentHash(input);
    return this.unit.run([bankId], async () => {
      const known = await this.known(bankId, settlementId, hash);
      if (known) return { first: false, value: known };
      const today = localDate(this.unit.now, (await this.readBank.run(bankId)).zone);
      if (input.leftOn > today) throw refuse('settlements/day_in_future', { day: today });
      const heirIds = heirsOf(input);
      const member = await this.markLeft.run(bankId, input.memberId, input.leftOn, input.reason);
      if (!member) {
        // The same settlement may have been sent twice at once: the other has committed by now.
        const meanwhile = await this.known(bankId, settlementId, hash);
        if (meanwhile) return { first: false, value: meanwhile };
        throw refuse('settlements/already_left');
      }
      const accounts = await this.heirAccounts.run(actor, bankId, input.memberId, heirIds, today);
      await this.memberPlans.end(actor, bankId, input.memberId);
      const { accountId } = member;
      const handing = { bankId, settlementId, accountId, actorId: actor.personId, reason: input.reason };
      const named = input.heirs.map((heir) => ({ accountId: accounts.get(heir.memberId) ?? '', minutes: heir.minutes }));
      const handed = await this.handOver.run(handing, (balanceMinutes, bank) =>
        portionsOf(balanceMinutes, named, (input.restTo === null ? undefined : accounts.get(input.restTo)) ?? bank.poolAccountId),
      );
      const { memberId, reason, leftOn } = input;
      const stands = { bankId, settlementId, memberId, reason, leftOn, settledBy: actor.personId, settledAt: this.unit.now };
      await this.keep({ ...stands, ...handed }, hash);
      return { first: true, value: { ...stands, ...handed } };
    });
  }

  private async known(bankId: string, settlementId: string, hash: Buffer): Promise<Settlement | null> {
    const row = await this.unit.one<SettlementRow>('select * from settlement where bank_id = $1 and settlement_id = $2', [
      bankId,
      settlementId,
    ]);
    if (!row || !isSame(row.contentHash, { hash, reused: 'settlements/id_reused' })) return null;
    const { contentHash: _, ...stands } = row;
    const shares = await this.unit.query<SettlementShareRow>(
      'select account_id, transfer_id, minutes, overflow_minutes from settlement_share where bank_id = $1 and settlement_id = $2 order by place',
      [bankId, settlementId],
    );
    return { ...stands, shares };
  }

  private async keep(settlement: Settlement, hash: Buffer): Promise<void> {
    const { shares, ...row } = settlement;
    const { bankId, settlementId, memberId, reason, settledBy } = row;
    await this.unit.insertRow(SettlementRow, { ...row, contentHash: hash });
    await this.unit.query(
      `insert into settlement_share (bank_id, settlement_id, place, account_id, transfer_id, minutes, overflow_minutes)
       select $1, $2, place, account_id, transfer_id, minutes, overflow_minutes
         from unnest($3::uuid[], $4::uuid[], $5::integer[], $6::integer[]) with ordinality as given (account_id, transfer_id, minutes, overflow_minutes, place)`,
      [
        bankId,
        settlementId,
        shares.map((share) => share.accountId),
        shares.map((share) => share.transferId),
        shares.map((share) => share.minutes),
        shares.map((share) => share.overflowMinutes),
      ],
    );
    this.unit.tell(bankId, 'hours/member_left', { settlementId, memberId, reason, actorId: settledBy });
  }
}
