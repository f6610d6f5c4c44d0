import { Injectable } from '@nestjs/common';
import { ListPolicies } from '@timebank/banks';
import type { Policies } from '@timebank/contract';
import { UnitOfWork } from '@timebank/database';

/** A bank's policies on a day with every row behind them, and by name who laid each down or withdrew it; null: nobody of this bank. */
@Injectable()
export class ShowPolicies {
  constructor(
    private readonly unit: UnitOfWork,
    private readonly listPolicies: ListPolicies,
  ) {}

  async run(bankId: string, day?: string): Promise<Policies> {
    return this.unit.run([bankId], async () => {
      const { rows, ...policies } = await this.listPolicies.run(bankId, day);
      const people = rows.flatMap(({ recordedBy, withdrawnBy }) => [recordedBy, withdrawnBy]).filter((one) => one !== null);
      const found = await this.unit.query<{ personId: string; name: string }>(
        'select person_id, min(name) as name from helper where bank_id = $1 and person_id = any ($2::uuid[]) group by 1',
        [bankId, people],
      );
      const names = new Map(found.map(({ personId, name }) => [personId, name]));
      const nameOf = (person: string | null) => (person === null ? null : (names.get(person) ?? null));
      return {
        ...policies,
        rows: rows.map(({ recordedBy, withdrawnBy, ...row }) => ({
          ...row,
          recordedByName: nameOf(recordedBy),
          withdrawnByName: nameOf(withdrawnBy),
        })),
      };
    });
  }
}
