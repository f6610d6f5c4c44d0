import { Injectable } from '@nestjs/common';
import { type KnownBank, ReadBank } from '@timebank/banks';
import { refuse } from '@timebank/contract';
import { deriveId, UnitOfWork } from '@timebank/database';
import { CloseAccount, PostTransfers, ReleaseHolds } from '@timebank/ledger';
import { PolicyToday } from '../policy-today';
import type { Portion } from './settlement.rules';

export type Share = Portion & { transferId: string; overflowMinutes: number };
type Handing = { bankId: string; settlementId: string; accountId: string; actorId: string; reason: string };

/**
 * Empties an account into others and closes it, in the caller's unit of work: holds end first, then a transfer of kind
 * `settlement` for each portion; what a ceiling does not take goes on to pool or honour by policy `overflowTo`. Nothing is
 * destroyed: the ids derive from the settlement. Any refusal of the ledger is thrown and undoes the whole.
 */
@Injectable()
export class HandOver {
  constructor(
    private readonly unit: UnitOfWork,
    private readonly readBank: ReadBank,
    private readonly policyToday: PolicyToday,
    private readonly releaseHolds: ReleaseHolds,
    private readonly postTransfers: PostTransfers,
    private readonly closeAccount: CloseAccount,
  ) {}

  async run(
    handing: Handing,
    portions: (balanceMinutes: number, bank: KnownBank) => Portion[],
  ): Promise<{ balanceMinutes: number; shares: Share[] }> {
    const { bankId, accountId } = handing;
    await this.releaseHolds.run(bankId, await this.openHolds(bankId, accountId));
    const account = await this.unit.one<{ balanceMinutes: number }>(
      'select balance_minutes from account where bank_id = $1 and account_id = $2',
      [bankId, accountId],
    );
    const balanceMinutes = account?.balanceMinutes ?? 0;
    const shares = await this.post(handing, portions(balanceMinutes, await this.readBank.run(bankId)));
    await this.closeAccount.run(bankId, accountId);
    return { balanceMinutes, shares };
  }

  private async openHolds(bankId: string, accountId: string): Promise<string[]> {
    const holds = await this.unit.query<{ holdId: string }>(
      `select hold_id from hold
        where bank_id = $1 and account_id = $2 and not exists (select from hold_end e where e.bank_id = hold.bank_id and e.hold_id = hold.hold_id)`,
      [bankId, accountId],
    );
    return holds.map(({ holdId }) => holdId);
  }

  private async post({ bankId, settlementId, accountId, actorId, reason }: Handing, portions: readonly Portion[]): Promise<Share[]> {
    const bank = await this.readBank.run(bankId);
    const { overflowTo } = await this.policyToday.run(bankId);
    const overflowAccountId = overflowTo === 'pool' ? bank.poolAccountId : bank.honourAccountId;
    const postings = portions.map((portion, place) => {
      const transferId = deriveId(settlementId, `share ${place}`);
      const isHeirs = portion.accountId !== bank.poolAccountId;
      return {
        bankId,
        transferId,
        debitAccountId: accountId,
        creditAccountId: portion.accountId,
        minutes: portion.minutes,
        kind: 'settlement' as const,
        class: null,
        visitId: null,
        reversesId: null,
        memoCode: reason,
        actorId,
        effectiveAt: this.unit.now,
        holdId: null,
        overflow: isHeirs ? { accountId: overflowAccountId, transferId: deriveId(transferId, 'overflow') } : null,
        cover: null,
      };
    });
    const outcomes = await this.postTransfers.run(postings);
    return outcomes.map(({ code, parameters, transferId, postedMinutes, overflowMinutes }, place) => {
      if (code !== undefined) throw refuse(code, parameters);
      return { accountId: postings[place]?.creditAccountId ?? '', transferId, minutes: postedMinutes, overflowMinutes };
    });
  }
}
