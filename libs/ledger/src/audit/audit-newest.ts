import { Injectable } from '@nestjs/common';
import { cityId, UnitOfWork } from '@timebank/database';
import { AuditCheckpoints } from './audit-checkpoints';
import { newEntriesSql } from './audit-entries.sql';
import { firstOfEach, folderOf, type LedgerAudit, type LedgerFault } from './audit-ledger';
import { everyAccountSql, newRowsSql } from './audit-newest.sql';

type FoundRow = { id: string; fault: LedgerFault['fault'] };
/** `since`: from which transaction on each bank was looked at; 0 for one that nothing is published of. */
export type NewestAudit = LedgerAudit & { since: { bankId: string; since: string }[] };

/**
 * Audits what came after each bank's newest published checkpoint: that file against the database's copy; the rows written since, each against the one
 * it follows; and every account: its balance if somebody wrote it since, its holds, limits and history. It trusts entries sealed earlier as the last
 * whole audit left them, so it takes moments at any size. Without bank ids it looks at every bank. Counts the new transfers.
 */
@Injectable()
export class AuditNewest {
  constructor(
    private readonly unit: UnitOfWork,
    private readonly checkpoints: AuditCheckpoints,
  ) {}

  async run(folderPath: string, bankIds?: readonly string[], keyFolder?: string): Promise<NewestAudit> {
    const folder = folderOf(folderPath, keyFolder);
    const audit: NewestAudit = { transfers: 0, accounts: 0, checkpoints: 0, faults: [], restores: [], since: [] };
    for (const bankId of bankIds ?? (await this.everyBank())) {
      const newest = await this.checkpoints.newestStanding(bankId, folder);
      const looked = await this.checkpoints.look(bankId, folder, Math.max(newest, 1));
      const since = looked.statements.find(({ number }) => number === newest)?.belowXid ?? '0';
      audit.since.push({ bankId, since });
      audit.restores.push(...looked.restores);
      audit.checkpoints += looked.statements.length;
      const found: FoundRow[] = [];
      await this.unit.run([bankId], async () => {
        await this.unit.query(
          `select set_config('work_mem', '384MB', true), set_config('statement_timeout', '0', true), set_config('jit', 'off', true),
                  set_config('plan_cache_mode', 'force_custom_plan', true)`,
        );
        found.push(...(await this.unit.query<FoundRow>(newEntriesSql, [bankId, since])));
        found.push(...(await this.unit.query<FoundRow>(newRowsSql, [bankId, since])));
        found.push(...(await this.unit.query<FoundRow>(everyAccountSql, [bankId, since, this.unit.now])));
        const counted = await this.unit.one<{ transfers: number; accounts: number }>(
          `select count(*) as transfers, (select count(*) from account_history where bank_id = $1 and recorded_xid >= $2::xid8 and revision = 1) as accounts
             from transfer where bank_id = $1 and recorded_xid >= $2::xid8`,
          [bankId, since],
        );
        audit.transfers += counted?.transfers ?? 0;
        audit.accounts += counted?.accounts ?? 0;
      });
      audit.faults.push(...looked.faults.map(({ id, fault }) => ({ bankId, id, fault })));
      audit.faults.push(...firstOfEach(found.map(({ id, fault }) => ({ bankId, id, fault }))));
    }
    return audit;
  }

  /** And the city, of which there is a trail alone. A bank's own row in the locator stands outside row security. */
  private async everyBank(): Promise<string[]> {
    const rows = await this.unit.glance<{ bankId: string }>(`select bank_id from locator where kind = 'bank' order by bank_id`);
    return [...rows.map((row) => row.bankId), cityId];
  }
}
