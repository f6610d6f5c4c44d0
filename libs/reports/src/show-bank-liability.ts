import { Injectable } from '@nestjs/common';
import type { BankLiability } from '@timebank/contract';
import { writeLiabilityCsv } from './liability-csv.rules';
import { ReadLiability } from './read-liability';

/**
 * What a bank's members have saved, for whom, since when, how fast it is used, and what stands behind it, at the end of a day of the
 * bank's calendar. Minutes; computed from the ledger each time. The door lets admins and auditors only. Refuses `reports/day_in_future`.
 */
@Injectable()
export class ShowBankLiability {
  constructor(private readonly readLiability: ReadLiability) {}

  async run(bankId: string, on?: string): Promise<BankLiability> {
    const { banks } = await this.readLiability.run([bankId], on);
    return banks[0] as BankLiability;
  }

  /** The same figures as a table. */
  async csv(bankId: string, on?: string): Promise<{ fileName: string; text: string }> {
    const report = await this.run(bankId, on);
    return { fileName: `saved-time-${report.on}.csv`, text: writeLiabilityCsv([{ scope: report.bankName, report }]) };
  }
}
