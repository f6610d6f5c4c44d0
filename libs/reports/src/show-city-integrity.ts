import { Injectable } from '@nestjs/common';
import { Locator } from '@timebank/access';
import type { CityIntegrity, IntegrityQuery, Language } from '@timebank/contract';
import { integrityOf, together } from './integrity.rules';
import { ReadIntegrity } from './read-integrity';
import { integrityTable, writeReportCsv } from './report-csv.rules';
import { type Table, tableOf } from './report-table.rules';

/**
 * The figures of every bank side by side, and their sum, from one snapshot and without a name: who a flag asks about is for their own
 * bank's page. The door lets those with a role in the city only. Refuses as `ShowBankIntegrity`.
 */
@Injectable()
export class ShowCityIntegrity {
  constructor(
    private readonly locator: Locator,
    private readonly readIntegrity: ReadIntegrity,
  ) {}

  async run(query: IntegrityQuery): Promise<CityIntegrity> {
    const { told: banks, leftOut } = await this.readIntegrity.run(
      await this.locator.banks(),
      query,
      ({ bankId, bankName, from, to, visits, flags, byHand }) => ({
        bankId,
        bankName,
        ...integrityOf(from, to, visits, flags, byHand),
      }),
    );
    const collator = new Intl.Collator('zh-Hans');
    const [from, to] = [
      banks.map((bank) => bank.from).sort()[0] ?? '1970-01-01',
      banks
        .map((bank) => bank.to)
        .sort()
        .at(-1) ?? '1970-01-01',
    ];
    return {
      city: together(from, to, banks),
      banks: banks.sort((left, right) => collator.compare(left.bankName, right.bankName)),
      leftOut,
    };
  }

  /** The same figures as a table, the city's first; without a language for programs. */
  async csv(query: IntegrityQuery, language: Language | null): Promise<Table> {
    const { city, banks, leftOut } = await this.run(query);
    const text = writeReportCsv(integrityTable, [city, ...banks], leftOut, language);
    return tableOf('visits', `integrity-city-${city.from}-${city.to}`, city, language, text);
  }
}
