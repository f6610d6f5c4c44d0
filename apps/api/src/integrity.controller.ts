import { Controller, Res } from '@nestjs/common';
import type { BankIntegrity, CityIntegrity, InputOf, IntegrityFlag } from '@timebank/contract';
import { ListIntegrityFlags, ShowBankIntegrity, ShowCityIntegrity } from '@timebank/reports';
import type { FastifyReply } from 'fastify';
import { Endpoint, Input } from './http/endpoint';
import { sendCsv } from './reports.controller';

/** How sure visits are, and what about them is worth a look. */
@Controller()
export class IntegrityController {
  constructor(
    private readonly showBankIntegrity: ShowBankIntegrity,
    private readonly showCityIntegrity: ShowCityIntegrity,
    private readonly listIntegrityFlags: ListIntegrityFlags,
  ) {}

  @Endpoint('bankIntegrity')
  bank(@Input() { params, query }: InputOf<'bankIntegrity'>): Promise<BankIntegrity> {
    return this.showBankIntegrity.run(params.bankId, query);
  }

  @Endpoint('bankIntegrityCsv')
  async bankCsv(@Input() { params, query }: InputOf<'bankIntegrityCsv'>, @Res({ passthrough: true }) reply: FastifyReply): Promise<string> {
    return sendCsv(reply, await this.showBankIntegrity.csv(params.bankId, query));
  }

  @Endpoint('listIntegrityFlags')
  flags(@Input() { params, query }: InputOf<'listIntegrityFlags'>): Promise<{ items: IntegrityFlag[]; nextCursor: string | null }> {
    return this.listIntegrityFlags.run(params.bankId, query);
  }

  @Endpoint('integrityFlagsCsv')
  async flagsCsv(
    @Input() { params, query }: InputOf<'integrityFlagsCsv'>,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<string> {
    return sendCsv(reply, await this.listIntegrityFlags.csv(params.bankId, query));
  }

  @Endpoint('cityIntegrity')
  city(@Input() { query }: InputOf<'cityIntegrity'>): Promise<CityIntegrity> {
    return this.showCityIntegrity.run(query);
  }

  @Endpoint('cityIntegrityCsv')
  async cityCsv(@Input() { query }: InputOf<'cityIntegrityCsv'>, @Res({ passthrough: true }) reply: FastifyReply): Promise<string> {
    return sendCsv(reply, await this.showCityIntegrity.csv(query));
  }
}
