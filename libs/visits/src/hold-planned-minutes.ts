import { Injectable } from '@nestjs/common';
import { ReadBank, ReadPolicy } from '@timebank/banks';
import { refuse, type Policy } from '@timebank/contract';
import { UnitOfWork } from '@timebank/database';
import { localDate, Refusal } from '@timebank/kernel';
import { PlaceHold } from '@timebank/ledger';
import { helps, type RequestRow } from '@timebank/requests';

type HoldPolicy = Pick<Policy, 'holdExpiryDays'>;
type RequestToHold = Pick<RequestRow, 'bankId' | 'clientId' | 'startsAt' | 'minutes'>;

/** Holds a visit's planned minutes on its payer's account until `holdExpiryDays` after the planned end. The hold has the visit's id. */
@Injectable()
export class HoldPlannedMinutes {
  constructor(
    private readonly unit: UnitOfWork,
    private readonly banks: ReadBank,
    private readonly policies: ReadPolicy,
    private readonly placeHold: PlaceHold,
  ) {}

  /**
   * For a visit that is over: holds the minutes from today on if the client has them, else nothing, and says which. The hold itself locks the
   * client's account, so looking before would prove nothing.
   */
  async ifCovered(visitId: string, request: RequestToHold): Promise<boolean> {
    try {
      await this.run(visitId, { ...request, endsAt: this.unit.now });
      return true;
    } catch (thrown) {
      if (thrown instanceof Refusal && thrown.code === 'ledger/overdraft') return false;
      throw thrown;
    }
  }

  /**
   * For a helper of a locked request, by the policy of its day. The client pays for one of them; where the kind says so, the bank's pool pays for the
   * others, unless a coordinator lets the client pay. Answers whose account it is if not the client's. Refuses `ledger/overdraft`, for the pool with
   * `payer`.
   */
  async forHelper(visitId: string, request: RequestRow, policy: HoldPolicy, byClient: boolean): Promise<string | null> {
    const pool = byClient
      ? null
      : await this.unit.one<{ accountId: string }>(
          `select b.pool_account_id as account_id from request r join bank b on b.bank_id = r.bank_id join service_kind k on k.code = r.service_kind
            where r.bank_id = $1 and r.request_id = $2 and k.further_helpers_paid_by = 'pool'
              and exists (select from visit v where ${helps} and v.payer_account_id is null)`,
          [request.bankId, request.requestId],
        );
    if (!pool) {
      await this.run(visitId, request, policy);
      return null;
    }
    try {
      await this.place(visitId, request, policy, pool.accountId);
    } catch (thrown) {
      if (!(thrown instanceof Refusal) || thrown.code !== 'ledger/overdraft') throw thrown;
      throw refuse('ledger/overdraft', { ...thrown.parameters, payer: 'pool' });
    }
    return pool.accountId;
  }

  private async policyOf({ bankId, startsAt }: RequestToHold): Promise<Policy> {
    const { zone } = await this.banks.run(bankId);
    return this.policies.run(bankId, localDate(startsAt, zone));
  }

  /** In the caller's unit of work; `known` is the policy of the day where the caller has read it. Refuses `ledger/overdraft`. */
  async run(visitId: string, request: RequestToHold & { endsAt: Date }, known?: HoldPolicy): Promise<void> {
    const { bankId } = request;
    const client = await this.unit.one<{ accountId: string }>('select account_id from member where bank_id = $1 and member_id = $2', [
      bankId,
      request.clientId,
    ]);
    if (!client) throw refuse('members/not_found');
    await this.place(visitId, request, known ?? (await this.policyOf(request)), client.accountId);
  }

  private async place(
    visitId: string,
    { bankId, endsAt, minutes }: RequestToHold & { endsAt: Date },
    { holdExpiryDays }: HoldPolicy,
    accountId: string,
  ): Promise<void> {
    const expiresAt = new Date(endsAt.getTime() + holdExpiryDays * 86_400_000);
    await this.placeHold.run({ bankId, holdId: visitId, accountId, minutes, expiresAt });
  }
}
