import { Injectable } from '@nestjs/common';
import { BanksOfMembers } from '@timebank/access';
import { Interchange, ReadPolicy } from '@timebank/banks';
import { UnitOfWork } from '@timebank/database';
import { reasonsOf } from './gate.rules';
import { type PairFacts, ReadGateFacts } from './read-gate-facts';

export type Pair = { requestId: string; memberId: string };

/** Of many pairs those between whom the gate finds nothing but warnings. Locks nothing and promises nothing. Opens a unit of its own. */
@Injectable()
export class PassGate {
  constructor(
    private readonly unit: UnitOfWork,
    private readonly facts: ReadGateFacts,
    private readonly interchange: Interchange,
    private readonly banksOfMembers: BanksOfMembers,
    private readonly readPolicy: ReadPolicy,
  ) {}

  async run(bankId: string, requestIds: readonly string[], memberIds: readonly string[]): Promise<Pair[]> {
    if (requestIds.length === 0 || memberIds.length === 0) return [];
    const banks = [...new Set([bankId, ...(await this.banksOfMembers.run(memberIds))])];
    return this.unit.run(banks, async () => {
      const pairs = await this.facts.run(bankId, requestIds, memberIds, banks);
      const off = await this.withoutInterchange(bankId, pairs);
      const days = [...new Set(pairs.map(({ day }) => day))];
      const policies = await this.readPolicy.onDays(bankId, days);
      return pairs.filter((pair) => {
        const policy = policies.get(pair.day);
        const found = policy ? reasonsOf({ ...pair, bankWithoutInterchange: off(pair.homeBankId) }, policy) : [];
        return found.every(({ strength }) => strength === 'warning');
      });
    });
  }

  private async withoutInterchange(bankId: string, pairs: readonly PairFacts[]): Promise<(homeBankId: string | null) => string | null> {
    const homes = [...new Set(pairs.flatMap(({ homeBankId }) => homeBankId ?? []))];
    if (homes.length === 0) return () => null;
    const open = new Set((await this.interchange.open([bankId, ...homes])).map((bank) => bank.bankId));
    return (homeBankId) => (homeBankId === null ? null : ([bankId, homeBankId].find((bank) => !open.has(bank)) ?? null));
  }
}
