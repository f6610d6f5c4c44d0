import { Injectable } from '@nestjs/common';
import { tables } from '../tables/table-of-tables';
import { UnitOfWork } from '../unit-of-work';
import { entryQueries, type KeptTable, rowsSql, type TrailFault } from './check-trail.sql';

/** What of the trail stands under no bank: persons, roles of the city, cards' places. An id that no bank has. */
export const cityId = '00000000-0000-0000-0000-000000000000';

/** `id`: the table and the row's key in it, or the entry's number. */
export type FoundTrailFault = { fault: TrailFault; id: string };

/** Holds a bank's rows, or the city's (`cityId`), against their audit trail, and its entries against what they tell. Names the first of each kind and table. */
@Injectable()
export class CheckTrail {
  constructor(private readonly unit: UnitOfWork) {}

  async run(bankId: string): Promise<FoundTrailFault[]> {
    return this.unit.run([bankId], async () => {
      await this.unit.query(
        `select set_config('timezone', 'UTC', true), set_config('datestyle', 'ISO, MDY', true), set_config('bytea_output', 'hex', true),
                set_config('extra_float_digits', '1', true), set_config('intervalstyle', 'postgres', true), set_config('work_mem', '384MB', true), set_config('statement_timeout', '0', true),
                set_config('jit', 'off', true), set_config('plan_cache_mode', 'force_custom_plan', true)`,
      );
      const kept = await this.unit.query<KeptTable>(
        'select name as table, trail_bank(name::regclass) as bank, trail_key(name::regclass) as key from unnest($1::text[]) name',
        [Object.keys(tables).filter((name) => typeof tables[name]?.trail === 'string')],
      );
      const rows = await this.unit.query<{ id: string }>(rowsSql(kept), [bankId]);
      const found: FoundTrailFault[] = rows.map(({ id }) => ({ fault: 'wrong_row', id }));
      for (const [fault, sql] of Object.entries(entryQueries) as [TrailFault, string][]) {
        const bad = await this.unit.one<{ id: string }>(sql, [bankId]);
        if (bad) found.push({ fault, id: bad.id });
      }
      return found;
    });
  }
}
