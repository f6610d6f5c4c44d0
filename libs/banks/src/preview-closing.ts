import { Injectable } from '@nestjs/common';
import { Locator } from '@timebank/access';
import type { ClosingPreview } from '@timebank/contract';
import { UnitOfWork } from '@timebank/database';
import { closingDays } from './closing.rules';
import { FindObstacles } from './find-obstacles';
import { ReadBank } from './read-bank';

type BankTotals = Pick<ClosingPreview, 'waitingActs' | 'fundMinutes' | 'poolMinutes' | 'honourMinutes'>;

/** What stands in the way of closing a bank, and what would end. Changes nothing. The door lets city admins only. */
@Injectable()
export class PreviewClosing {
  constructor(
    private readonly unit: UnitOfWork,
    private readonly locator: Locator,
    private readonly readBank: ReadBank,
    private readonly findObstacles: FindObstacles,
  ) {}

  async run(bankId: string): Promise<ClosingPreview> {
    return this.unit.run(await this.locator.banks(), async () => {
      const bank = await this.readBank.run(bankId);
      const balance = (kind: string) => `(select sum(a.balance_minutes) from account a where a.bank_id = $1 and a.kind = '${kind}')`;
      const counted = await this.unit.one<BankTotals>(
        `select (select count(*) from waiting_act a where a.bank_id = $1 and a.state = 'waits' and a.waits_until > $2 and a.kind <> 'closing') as waiting_acts,
                ${balance('fund')}::bigint as fund_minutes, ${balance('pool')}::bigint as pool_minutes, ${balance('honour')}::bigint as honour_minutes`,
        [bankId, this.unit.now],
      );
      const { members, guests, ...inTheWay } = await this.findObstacles.run(bankId);
      return { bankId, ...closingDays(bank, this.unit.now), inTheWay, members, guests, ...(counted as BankTotals) };
    });
  }
}
