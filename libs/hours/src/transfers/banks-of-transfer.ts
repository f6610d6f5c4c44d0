import { Injectable } from '@nestjs/common';
import { Locator } from '@timebank/access';
import { refuse, type TransferInput } from '@timebank/contract';
import { UnitOfWork } from '@timebank/database';

/**
 * The banks that a transfer touches: its own, the one it goes to, and for a reversal the one of the other leg. Read before the unit of work that
 * posts is opened, since it has to see them. Refuses `banks/not_found`.
 */
@Injectable()
export class BanksOfTransfer {
  constructor(
    private readonly unit: UnitOfWork,
    private readonly locator: Locator,
  ) {}

  async run(bankId: string, { kind, toBankId, fromAccountId, toAccountId }: TransferInput): Promise<string[]> {
    if (toBankId !== undefined && toBankId !== bankId) {
      if (!(await this.locator.isBank(toBankId))) throw refuse('banks/not_found', {}, 'body.toBankId');
      return [bankId, toBankId];
    }
    if (kind !== 'reversal') return [bankId];
    const others = await this.unit.run([bankId], () =>
      this.unit.query<{ ownerId: string }>(
        `select owner_id from account where bank_id = $1 and account_id in ($2, $3) and kind = 'clearing'`,
        [bankId, fromAccountId, toAccountId],
      ),
    );
    return [bankId, ...others.map(({ ownerId }) => ownerId)];
  }
}
