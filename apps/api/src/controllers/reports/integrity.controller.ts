import { Controller, Headers, Res } from '@nestjs/common';
import type { Actor } from '@timebank/access';
import type { AnswerOf, BankIntegrity, CityIntegrity, InputOf, IntegrityFlag } from '@timebank/contract';
import { ListChanges, ListIntegrityFlags, ShowBankIntegrity, ShowCityIntegrity } from '@timebank/reports';
import type { FastifyReply } from 'fastify';
import { Caller, Endpoint, Input } from '../../http/endpoint';
import { tableLanguage } from '../../http/language.rules';
import { sendCsv } from './reports.controller';

/** How sure visits are, and what about them is worth a look. */
@Controller()
export class IntegrityController {
  constructor(
    private readonly showBankIntegrity: ShowBankIntegrity,
    private readonly showCityIntegrity: ShowCityIntegrity,
    private readonly listIntegrityFlags: ListIntegrityFlags,
    private readonly listChanges: ListChanges,
  ) {}

  @Endpoint('listChanges')
  changes(@Caller() caller: Actor, @Input() { params, query }: InputOf<'listChanges'>): Promise<AnswerOf<'listChanges'>> {
    return this.listChanges.run(caller, params.bankId, query);
  }

  @Endpoint('listCityChanges')
  cityChanges(@Input() { query }: InputOf<'listCityChanges'>): Promise<AnswerOf<'listCityChanges'>> {
    return this.listChanges.city(query);
  }

  @Endpoint('bankIntegrity')
  bank(@Input() { params, query }: InputOf<'bankIntegrity'>): Promise<BankIntegrity> {
    return this.showBankIntegrity.run(params.bankId, query);
  }

  @Endpoint('bankIntegrityCsv')
  async bankCsv(
    @Input() { params, query }: InputOf<'bankIntegrityCsv'>,
    @Headers('accept-language') liked: string | undefined,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<string> {
    return sendCsv(reply, await this.showBankIntegrity.csv(params.bankId, query, tableLanguage(query, liked, null)));
  }

  @Endpoint('listIntegrityFlags')
  flags(@Input() { params, query }: InputOf<'listIntegrityFlags'>): Promise<{ items: IntegrityFlag[]; nextCursor: string | null }> {
    return this.listIntegrityFlags.run(params.bankId, query);
  }

  @Endpoint('integrityFlagsCsv')
  async flagsCsv(
    @Input() { params, query }: InputOf<'integrityFlagsCsv'>,
    @Headers('accept-language') liked: string | undefined,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<string> {
    return sendCsv(reply, await this.listIntegrityFlags.csv(params.bankId, query, tableLanguage(query, liked, null)));
  }

  @Endpoint('cityIntegrity')
  city(@Input() { query }: InputOf<'cityIntegrity'>): Promise<CityIntegrity> {
    return this.showCityIntegrity.run(query);
  }

  @Endpoint('cityIntegrityCsv')
  async cityCsv(
    @Input() { query }: InputOf<'cityIntegrityCsv'>,
    @Headers('accept-language') liked: string | undefined,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<string> {
    return sendCsv(reply, await this.showCityIntegrity.csv(query, tableLanguage(query, liked, null)));
  }
}
