import { Injectable } from '@nestjs/common';
import { UnitOfWork } from '@timebank/database';
import { auditQueries } from './audit.sql';

export type LedgerFault = { bankId: string; id: string; fault: keyof typeof auditQueries };
export type LedgerAudit = { transfers: number; accounts: number; faults: LedgerFault[] };

/**
 * Recomputes a ledger from its transfers, bank by bank, and names the first bad row of every kind of fault: gaps, running
 * and final balances, held minutes, limits, reversals, overflow, the sum. Changes nothing, may run beside the day's work.
 * Without bank ids it audits every bank.
 */
@Injectable()
export class AuditLedger {
  constructor(private readonly unit: UnitOfWork) {}

  async run(bankIds?: readonly string[]): Promise<LedgerAudit> {
    const audit: LedgerAudit = { transfers: 0, accounts: 0, faults: [] };
    for (const bankId of bankIds ?? (await this.everyBank())) {
      await this.unit.run([bankId], async () => {
        const counted = await this.unit.one<{ transfers: number; accounts: number }>(
          `select (select count(*) from transfer where bank_id = $1) as transfers, (select count(*) from account where bank_id = $1) as accounts`,
          [bankId],
        );
        audit.transfers += counted?.transfers ?? 0;
        audit.accounts += counted?.accounts ?? 0;
        for (const [fault, sql] of Object.entries(auditQueries) as [LedgerFault['fault'], string][]) {
          const bad = await this.unit.one<{ id: string }>(sql, [bankId]);
          if (bad) audit.faults.push({ bankId, id: bad.id, fault });
        }
      });
    }
    return audit;
  }

  /** A bank's own row in the locator stands outside row security, so that the city can list all banks. */
  private async everyBank(): Promise<string[]> {
    const rows = await this.unit.run([], () =>
      this.unit.query<{ bankId: string }>(`select bank_id from locator where kind = 'bank' order by bank_id`),
    );
    return rows.map((row) => row.bankId);
  }
}
