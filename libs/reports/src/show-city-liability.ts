import { Injectable } from '@nestjs/common';
import { Locator } from '@timebank/access';
import type { CityLiability, Language } from '@timebank/contract';
import { liabilityOf } from './liability.rules';
import { ReadLiability } from './read-liability';
import { liabilityTable, writeReportCsv } from './report-csv.rules';
import { type Table, tableOf } from './report-table.rules';

/**
 * The same report over every bank of the city, and their sum, from one snapshot. A visit between two banks is two legs: care at the
 * client's bank, earned at the volunteer's; each is counted on a member's account and never on the clearing accounts between, so the
 * sum holds nothing twice. The door lets those with a role in the city only. Refuses `reports/day_in_future`.
 */
@Injectable()
export class ShowCityLiability {
  constructor(
    private readonly locator: Locator,
    private readonly readLiability: ReadLiability,
  ) {}

  async run(asked?: string): Promise<CityLiability> {
    const { on, scopes, rows, banks, leftOut } = await this.readLiability.run(await this.locator.banks(), asked);
    const collator = new Intl.Collator('zh-Hans');
    const inOrder = banks.sort((left, right) => collator.compare(left.bankName, right.bankName));
    return { city: liabilityOf(scopes, rows, on), banks: inOrder, leftOut };
  }

  /** The same figures as a table, the city's first; without a language for programs. */
  async csv(on: string | undefined, language: Language | null): Promise<Table> {
    const { city, banks, leftOut } = await this.run(on);
    const text = writeReportCsv(liabilityTable, [city, ...banks], leftOut, language);
    return tableOf('saved', `saved-time-city-${city.on}`, city, language, text);
  }
}
