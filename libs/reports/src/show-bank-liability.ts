import { Injectable } from '@nestjs/common';
import type { BankLiability, Language } from '@timebank/contract';
import { ReadLiability } from './read-liability';
import { liabilityTable, writeReportCsv } from './report-csv.rules';
import { type Table, tableOf } from './report-table.rules';

/**
 * What a bank's members have saved, for whom, since when, how fast it is used, and what covers it, at the end of a day of the bank's calendar.
 * Minutes; computed from the ledger each time. The door lets admins and auditors only. Refuses `reports/day_in_future`.
 */
@Injectable()
export class ShowBankLiability {
  constructor(private readonly readLiability: ReadLiability) {}

  async run(bankId: string, on?: string): Promise<BankLiability> {
    const { banks } = await this.readLiability.run([bankId], on);
    return banks[0] as BankLiability;
  }

  /** The same figures as a table; without a language for programs. */
  async csv(bankId: string, on: string | undefined, language: Language | null): Promise<Table> {
    const report = await this.run(bankId, on);
    return tableOf('saved', `saved-time-${report.on}`, report, language, writeReportCsv(liabilityTable, [report], [], language));
  }
}
