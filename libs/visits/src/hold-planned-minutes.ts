import { Injectable } from '@nestjs/common';
import { ReadBank, ReadPolicy } from '@timebank/banks';
import { refuse, type Policy } from '@timebank/contract';
import { UnitOfWork } from '@timebank/database';
import { localDate, Refusal } from '@timebank/kernel';
import { PlaceHold } from '@timebank/ledger';
import type { RequestRow } from '@timebank/requests';

type RequestToHold = Pick<RequestRow, 'bankId' | 'clientId' | 'startsAt' | 'minutes'>;

/** Holds a visit's planned minutes on its client's account until `holdExpiryDays` after the planned end. The hold has the visit's id. */
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

  private async policyOf({ bankId, startsAt }: RequestToHold): Promise<Policy> {
    const { zone } = await this.banks.run(bankId);
    return this.policies.run(bankId, localDate(startsAt, zone));
  }

  /** In the caller's unit of work; `known` is the policy of the day where the caller has read it. Refuses `ledger/overdraft`. */
  async run(visitId: string, request: RequestToHold & { endsAt: Date }, known?: Pick<Policy, 'holdExpiryDays'>): Promise<void> {
    const { bankId } = request;
    const { holdExpiryDays } = known ?? (await this.policyOf(request));
    const client = await this.unit.one<{ accountId: string }>('select account_id from member where bank_id = $1 and member_id = $2', [
      bankId,
      request.clientId,
    ]);
    if (!client) throw refuse('members/not_found');
    const expiresAt = new Date(request.endsAt.getTime() + holdExpiryDays * 86_400_000);
    await this.placeHold.run({ bankId, holdId: visitId, accountId: client.accountId, minutes: request.minutes, expiresAt });
  }
}
