import { Injectable } from '@nestjs/common';
import type { BankIntegrity, IntegrityQuery, Language } from '@timebank/contract';
import { approversOf } from './approvers.rules';
import { denialsOf, integrityOf } from './integrity.rules';
import { NamePeople } from './name-people';
import { ReadIntegrity, type ReadVisits } from './read-integrity';
import { integrityTable, writeReportCsv } from './report-csv.rules';
import { type Table, tableOf } from './report-table.rules';

/**
 * How surely a bank's visits between two days were proved, why some were typed in, shortened or rejected, what call-backs gave, and how each
 * coordinator decides. Figures to ask with, not to judge by; people are sorted by name. The door lets admins and auditors only. Refuses
 * `reports/day_in_future`, `reports/wrong_order`, `reports/long_range`.
 */
@Injectable()
export class ShowBankIntegrity {
  constructor(
    private readonly readIntegrity: ReadIntegrity,
    private readonly namePeople: NamePeople,
  ) {}

  async run(bankId: string, query: IntegrityQuery): Promise<BankIntegrity> {
    const { told } = await this.readIntegrity.run([bankId], query, (read) => this.tell(read));
    return told[0] as BankIntegrity;
  }

  /** The same figures as a table; without a language for programs. */
  async csv(bankId: string, query: IntegrityQuery, language: Language | null): Promise<Table> {
    const report = await this.run(bankId, query);
    const text = writeReportCsv(integrityTable, [report], [], language);
    return tableOf('visits', `integrity-${report.from}-${report.to}`, report, language, text);
  }

  private async tell({ bankId, bankName, from, to, visits, flags, byHand }: ReadVisits): Promise<BankIntegrity> {
    const approvers = approversOf(visits, new Set(flags.filter(({ personId }) => personId === null).flatMap(({ visitIds }) => visitIds)));
    const denials = denialsOf(visits);
    const persons = await this.namePeople.persons(
      bankId,
      approvers.map(({ personId }) => personId),
    );
    const members = await this.namePeople.members(
      bankId,
      denials.map(({ volunteerId }) => volunteerId),
    );
    const collator = new Intl.Collator('zh-Hans');
    const byName = (left: { name: string | null }, right: { name: string | null }) => collator.compare(left.name ?? '', right.name ?? '');
    return {
      bankId,
      bankName,
      ...integrityOf(from, to, visits, flags, byHand),
      approvers: approvers.map((approver) => ({ ...approver, name: persons(approver.personId) })).sort(byName),
      denials: denials.map((denial) => ({ ...denial, name: members(denial.volunteerId) ?? '' })).sort(byName),
    };
  }
}
