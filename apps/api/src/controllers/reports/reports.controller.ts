import { Controller, Headers, Res } from '@nestjs/common';
import type { BankLiability, CityLiability, InputOf } from '@timebank/contract';
import { ShowBankLiability, ShowCityLiability, type Table } from '@timebank/reports';
import type { FastifyReply } from 'fastify';
import { Endpoint, Input } from '../../http/endpoint';
import { dispositionOf } from '../../http/file-name.rules';
import { tableLanguage } from '../../http/language.rules';

export function sendCsv(reply: FastifyReply, { name, plainName, text }: Table): string {
  void reply.type('text/csv; charset=utf-8').header('content-disposition', dispositionOf(name, 'csv', plainName));
  return text;
}

/** What the ledger says about a bank and the city. A table's words are chosen as in statements. */
@Controller()
export class ReportsController {
  constructor(
    private readonly showBankLiability: ShowBankLiability,
    private readonly showCityLiability: ShowCityLiability,
  ) {}

  @Endpoint('bankLiability')
  bank(@Input() { params, query }: InputOf<'bankLiability'>): Promise<BankLiability> {
    return this.showBankLiability.run(params.bankId, query.on);
  }

  @Endpoint('bankLiabilityCsv')
  async bankCsv(
    @Input() { params, query }: InputOf<'bankLiabilityCsv'>,
    @Headers('accept-language') liked: string | undefined,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<string> {
    return sendCsv(reply, await this.showBankLiability.csv(params.bankId, query.on, tableLanguage(query, liked, null)));
  }

  @Endpoint('cityLiability')
  city(@Input() { query }: InputOf<'cityLiability'>): Promise<CityLiability> {
    return this.showCityLiability.run(query.on);
  }

  @Endpoint('cityLiabilityCsv')
  async cityCsv(
    @Input() { query }: InputOf<'cityLiabilityCsv'>,
    @Headers('accept-language') liked: string | undefined,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<string> {
    return sendCsv(reply, await this.showCityLiability.csv(query.on, tableLanguage(query, liked, null)));
  }
}
