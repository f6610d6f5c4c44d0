import { Injectable } from '@nestjs/common';
import type { Policy } from '@timebank/contract';
import { UnitOfWork } from '@timebank/database';
import { stands } from './policy-rows.sql';
import { mergePolicy } from './policy.rules';

/**
 * The policy in force at a bank on a day of its zone. Any row of the bank that has begun comes before any of the city, which comes before the
 * defaults. Of one owner's rows the latest day decides, then the latest row. Withdrawn rows never count.
 */
@Injectable()
export class ReadPolicy {
  constructor(private readonly unit: UnitOfWork) {}

  async run(bankId: string, day: string): Promise<Policy> {
    return (await this.onDays(bankId, [day])).get(day) as Policy;
  }

  /** Of several days by one statement. */
  onDays(bankId: string, days: readonly string[]): Promise<Map<string, Policy>> {
    return this.unit.run([bankId], async () => {
      const inForce = await this.unit.query<{ day: string; key: string; value: unknown }>(
        `select distinct on (d.day, key) d.day, key, value
           from unnest($2::text[]) d (day) join policy p on (bank_id = $1 or bank_id is null) and valid_from <= d.day::date and ${stands('p')}
          order by d.day, key, bank_id nulls last, valid_from desc, policy_number desc`,
        [bankId, days],
      );
      const rowsOf = Map.groupBy(inForce, ({ day }) => day);
      return new Map(days.map((day) => [day, mergePolicy(rowsOf.get(day) ?? [])]));
    });
  }
}
