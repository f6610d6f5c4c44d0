import { Injectable } from '@nestjs/common';
import { Locator } from '@timebank/access';
import { AuditPolicies } from '@timebank/banks';
import { CheckTrail, cityId, deriveId, type TrailFault, UnitOfWork } from '@timebank/database';
import { AuditLedger, AuditNewest, type AuditOptions, type LedgerAudit, type LedgerFault } from '@timebank/ledger';
import { betweenBanksQueries, type BooksFault, newestQueries, wholeBankQueries } from './books.sql';

export type FoundFault = { bankId: string; id: string; fault: LedgerFault['fault'] | BooksFault | TrailFault };
export type BooksAudit = Omit<LedgerAudit, 'faults' | 'since'> & { faults: FoundFault[] };

/** Queries of two banks at once, as the ledger's own audit does. */
const connections = 2;

/**
 * The whole audit: the ledger in itself (`AuditLedger`), and what other rooms keep beside it. Visits, approvals and entries have to say the
 * same of each other; so do members and their accounts, banks and theirs, guests and their homes, both sides of the clearing, what staff moved
 * by hand, holds and plans, banks and their closings; policies have to be as they were laid down; and every row as the audit trail says (`CheckTrail`). Names the first bad row of every kind of fault. Changes nothing, may
 * run beside the day's work. Without bank ids it audits every bank.
 */
@Injectable()
export class AuditBooks {
  constructor(
    private readonly unit: UnitOfWork,
    private readonly locator: Locator,
    private readonly ledger: AuditLedger,
    private readonly newest: AuditNewest,
    private readonly policies: AuditPolicies,
    private readonly trail: CheckTrail,
  ) {}

  async run(bankIds?: readonly string[], options: AuditOptions = {}): Promise<BooksAudit> {
    const audit = await this.ledger.run(bankIds, options);
    const banks = (bankIds ?? (await this.locator.banks())).map((bankId) => ({ bankId, since: '0' }));
    const beside = await this.beside(banks, wholeBankQueries);
    const trail: FoundFault[] = [];
    for (const bankId of [...banks.map((bank) => bank.bankId), ...(bankIds ? [] : [cityId])])
      trail.push(...(await this.trail.run(bankId)).map((found) => ({ bankId, ...found })));
    return { ...audit, faults: [...audit.faults, ...beside, ...trail] };
  }

  /** What came after each bank's newest checkpoint, and every account; moments at any size. */
  async runNewest(folder: string, bankIds?: readonly string[], keyFolder?: string): Promise<BooksAudit> {
    const { since, ...audit } = await this.newest.run(folder, bankIds, keyFolder);
    return { ...audit, faults: [...audit.faults, ...(await this.beside(since, newestQueries))] };
  }

  private async beside(banks: readonly { bankId: string; since: string }[], queries: Record<string, string>): Promise<FoundFault[]> {
    const everyBank = await this.locator.banks();
    const faults: FoundFault[] = [];
    const queue = banks.flatMap(({ bankId, since }) => [
      ...Object.entries(queries).map(([fault, sql]) => ({ bankId, since, fault, sql, sees: [bankId] })),
      ...Object.entries(betweenBanksQueries).map(([fault, sql]) => ({ bankId, since, fault, sql, sees: everyBank })),
    ]);
    const worker = async () => {
      for (let task = queue.shift(); task; task = queue.shift()) {
        const { bankId, since, fault, sql, sees } = task;
        const bad = await this.first(sees, sql, bankId, since);
        if (bad !== null) faults.push({ bankId, id: bad, fault: fault as BooksFault });
      }
    };
    await this.unit.together(...Array.from({ length: connections }, worker));
    for (const { bankId } of banks) {
      const bad = await this.policies.firstEdited(bankId);
      if (bad !== null) faults.push({ bankId, id: bad, fault: 'wrong_policy' });
    }
    return faults.toSorted((left, right) => (`${left.bankId} ${left.fault}` < `${right.bankId} ${right.fault}` ? -1 : 1));
  }

  private async first(sees: readonly string[], sql: string, bankId: string, since: string): Promise<string | null> {
    const found = `select found.id from (${sql}) found where $2::text is not null and $3::uuid is not null`;
    return this.unit.run(sees, async () => {
      await this.unit.query(
        `select set_config('work_mem', '384MB', true), set_config('statement_timeout', '0', true), set_config('jit', 'off', true),
                set_config('max_parallel_workers_per_gather', '0', true), set_config('plan_cache_mode', 'force_custom_plan', true)`,
      );
      const bad = await this.unit.one<{ id: string }>(found, [bankId, since, deriveId(bankId, 'auto_approve')]).catch(unreadable);
      return bad?.id ?? null;
    });
  }
}

/** A value that no program of ours can have written, such as results that are no list, is a fault like any other and does not end the audit. */
function unreadable(fault: { code?: string }): { id: string } {
  if (fault.code?.startsWith('22')) return { id: 'unreadable' };
  throw fault as Error;
}
