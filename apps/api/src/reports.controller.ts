import { Controller, Res } from '@nestjs/common';
import type { BankLiability, CityLiability, InputOf } from '@timebank/contract';
import { ShowBankLiability, ShowCityLiability } from '@timebank/reports';
import type { FastifyReply } from 'fastify';
import { Endpoint, Input } from './http/endpoint';

type Table = { fileName: string; text: string };

export function sendCsv(reply: FastifyReply, { fileName, text }: Table): string {
  void reply.type('text/csv; charset=utf-8').header('content-disposition', `attachment; filename="${fileName}"`);
  return text;
}

/** What the ledger's numbers say about a bank and the city. */
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
  async bankCsv(@Input() { params, query }: InputOf<'bankLiabilityCsv'>, @Res({ passthrough: true }) reply: FastifyReply): Promise<string> {
    return sendCsv(reply, await this.showBankLiability.csv(params.bankId, query.on));
  }

  @Endpoint('cityLiability')
  city(@Input() { query }: InputOf<'cityLiability'>): Promise<CityLiability> {
    return this.showCityLiability.run(query.on);
  }

  @Endpoint('cityLiabilityCsv')
  async cityCsv(@Input() { query }: InputOf<'cityLiabilityCsv'>, @Res({ passthrough: true }) reply: FastifyReply): Promise<string> {
    return sendCsv(reply, await this.showCityLiability.csv(query.on));
  }
}
