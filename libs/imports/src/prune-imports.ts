import { Injectable } from '@nestjs/common';
import { UnitOfWork } from '@timebank/database';
import { CountImport } from './count-import';

/** Long enough to correct rows and bring them in again, short enough for a file full of people. */
const keptDays = 30;

/** Takes away rows of files that nobody started or that were not taken, some time after: they say of people what no other table needs. Answers of how many imports. */
@Injectable()
export class PruneImports {
  constructor(
    private readonly unit: UnitOfWork,
    private readonly count: CountImport,
  ) {}

  async run(bankId: string): Promise<number> {
    return this.unit.run([bankId], async () => {
      const before = new Date(this.unit.now.getTime() - keptDays * 86_400_000);
      const old = await this.unit.query<{ importId: string; hasPieces: boolean }>(
        `select import_id, exists (select from import_piece p where p.bank_id = $1 and p.import_id = r.import_id) as has_pieces from import_run r
          where bank_id = $1 and coalesce(finished_at, created_at) < $2 and (finished_at is not null or started_at is null)
            and (exists (select from import_problem p where p.bank_id = $1 and p.import_id = r.import_id)
              or exists (select from import_piece p where p.bank_id = $1 and p.import_id = r.import_id))
          order by created_at limit 20 for no key update`,
        [bankId, before],
      );
      for (const { importId, hasPieces } of old) if (hasPieces) await this.count.close(bankId, importId, 'cancelled');
      const ids = old.map(({ importId }) => importId);
      await this.unit.query('delete from import_problem where bank_id = $1 and import_id = any ($2::uuid[])', [bankId, ids]);
      return ids.length;
    });
  }
}
