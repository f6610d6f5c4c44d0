import { Injectable } from '@nestjs/common';
import { cityId, UnitOfWork } from '@timebank/database';
import { AuditCheckpoints, type CheckpointFault } from './audit-checkpoints';
import { allEntriesSql, type EntryFault } from './audit-entries.sql';
import { accountQueries, rowQueries, type RowFault } from './audit.sql';
import { CheckpointFolder } from '../sealing/checkpoint-folder';
import type { RestoreStatement } from '../sealing/restore.rules';

export type LedgerFault = { bankId: string; id: string; fault: EntryFault | RowFault | CheckpointFault };
/** `restores`: restores from a backup that somebody confirmed; no faults, but everybody should know. */
export type LedgerAudit = { transfers: number; accounts: number; checkpoints: number; faults: LedgerFault[]; restores: RestoreStatement[] };
export type AuditOptions = {
  /** Where checkpoints are published; best a copy that the database's administrator cannot write. */
  folder?: string;
  /** The folder of the signing key on the publishing machine: it shows what was published and is missing. */
  keyFolder?: string;
  onProgress?: (done: number, of: number) => void;
};

type BankSize = { bankId: string; transfers: number; accounts: number };
type Task = { bankId: string; weight: number; run: () => Promise<Omit<LedgerFault, 'bankId'>[]> };

const connections = 2;
/** From here on a bank that is a large share of the work is looked at in halves. */
const largeBank = 50_000;

/**
 * Recomputes a ledger from its transfers and names the first bad row of every kind of fault: gaps, running and final balances, chains of hashes and
 * their heads, limits and their history, held minutes, reversals, overflow, the sum; and compares everything sealed with the published checkpoints.
 * Changes nothing; can run beside the day's work, on two connections. Without bank ids it audits every bank; without a folder it takes the database's
 * copies of the checkpoints as published.
 */
@Injectable()
export class AuditLedger {
  constructor(
    private readonly unit: UnitOfWork,
    private readonly checkpoints: AuditCheckpoints,
  ) {}

  async run(bankIds?: readonly string[], { folder, keyFolder, onProgress }: AuditOptions = {}): Promise<LedgerAudit> {
    const published = folder === undefined ? null : folderOf(folder, keyFolder);
    const banks: BankSize[] = [];
    for (const bankId of bankIds ?? (await this.everyBank())) banks.push(await this.count(bankId));
    const all = banks.reduce((sum, bank) => sum + bank.transfers, 0);
    const faults: LedgerFault[] = [];
    const tasks: Task[] = [];
    const restores: RestoreStatement[] = [];
    let checkpoints = 0;
    for (const bank of banks) {
      const looked = await this.checkpoints.look(bank.bankId, published);
      faults.push(...looked.faults.map((found) => ({ bankId: bank.bankId, ...found })));
      restores.push(...looked.restores);
      checkpoints += looked.statements.length;
      const isLarge = bank.transfers > largeBank && bank.transfers * 4 > all;
      tasks.push(...this.entryTasks(bank, isLarge ? connections : 1), this.rowTask(bank));
      for (const run of this.checkpoints.stretches(looked.statements)) {
        const weight = run.reduce((sum, { counts }) => sum + counts.transfer, 0);
        tasks.push({ bankId: bank.bankId, weight, run: () => this.checkpoints.compare(run, published) });
      }
    }
    faults.push(...(await this.work(tasks, onProgress)));
    const accounts = banks.reduce((sum, bank) => sum + bank.accounts, 0);
    return { transfers: all, accounts, checkpoints, faults: firstOfEach(faults), restores };
  }

  private entryTasks({ bankId, transfers }: BankSize, parts: number): Task[] {
    return Array.from({ length: parts }, (_, part) => ({
      bankId,
      weight: (2 * transfers) / parts,
      run: () => this.unit.query<{ id: string; fault: EntryFault }>(allEntriesSql, [bankId, part, parts]),
    }));
  }

  private rowTask({ bankId, transfers }: BankSize): Task {
    const run = async () => {
      const found: Omit<LedgerFault, 'bankId'>[] = [];
      for (const [fault, sql] of Object.entries(rowQueries) as [RowFault, string][]) {
        const bad = await this.unit.one<{ id: string }>(sql, [bankId, '0']);
        if (bad) found.push({ id: bad.id, fault });
      }
      for (const [fault, sql] of Object.entries(accountQueries) as [RowFault, string][]) {
        const bad = await this.unit.one<{ id: string }>(sql, [bankId]);
        if (bad) found.push({ id: bad.id, fault });
      }
      return found;
    };
    return { bankId, weight: transfers / 2, run };
  }

  /** The heaviest first, two at a time, each in a transaction with room to sort. */
  private async work(tasks: Task[], onProgress: AuditOptions['onProgress']): Promise<LedgerFault[]> {
    const queue = tasks.toSorted((left, right) => right.weight - left.weight);
    const faults: LedgerFault[] = [];
    let done = 0;
    const worker = async () => {
      for (let task = queue.shift(); task; task = queue.shift()) {
        const { bankId, run } = task;
        const found = await this.unit.run([bankId], async () => {
          await this.unit.query(
            `select set_config('work_mem', '384MB', true), set_config('statement_timeout', '0', true), set_config('jit', 'off', true),
                    set_config('max_parallel_workers_per_gather', '0', true), set_config('plan_cache_mode', 'force_custom_plan', true)`,
          );
          return run();
        });
        faults.push(...found.map(({ id, fault }) => ({ bankId, id, fault })));
        done += 1;
        onProgress?.(done, tasks.length);
      }
    };
    await this.unit.together(...Array.from({ length: connections }, worker));
    return faults;
  }

  private async count(bankId: string): Promise<BankSize> {
    const counted = await this.unit.run([bankId], () =>
      this.unit.one<{ transfers: number; accounts: number }>(
        `select (select count(*) from transfer where bank_id = $1) as transfers, (select count(*) from account where bank_id = $1) as accounts`,
        [bankId],
      ),
    );
    return { bankId, transfers: counted?.transfers ?? 0, accounts: counted?.accounts ?? 0 };
  }

  /** And the city, of which there is a trail alone. A bank's own row in the locator stands outside row security. */
  private async everyBank(): Promise<string[]> {
    const rows = await this.unit.run([], () =>
      this.unit.query<{ bankId: string }>(`select bank_id from locator where kind = 'bank' order by bank_id`),
    );
    return [...rows.map((row) => row.bankId), cityId];
  }
}

/** Published checkpoints: a copy, or with the publisher's own record. */
export const folderOf = (folder: string, keyFolder?: string) =>
  keyFolder === undefined ? new CheckpointFolder(folder) : CheckpointFolder.of({ folder, keyFolder });

/** One row for each kind of fault in a bank, in a settled order. */
export function firstOfEach(faults: LedgerFault[]): LedgerFault[] {
  const sorted = faults.toSorted((left, right) =>
    left.bankId === right.bankId ? (left.fault < right.fault ? -1 : left.fault > right.fault ? 1 : 0) : left.bankId < right.bankId ? -1 : 1,
  );
  return sorted.filter((found, index) => sorted[index - 1]?.bankId !== found.bankId || sorted[index - 1]?.fault !== found.fault);
}
