import { Controller, Headers, Res } from '@nestjs/common';
import type { Actor } from '@timebank/access';
import type { AnswerOf, InputOf, Insurance, Stored } from '@timebank/contract';
import { ListInsurances, ListInsured, PutInsurance } from '@timebank/visits';
import type { FastifyReply } from 'fastify';
import { Caller, Endpoint, Input } from '../../http/endpoint';
import { tableLanguage } from '../../http/language.rules';
import { sendCsv } from '../reports/reports.controller';

/** What a bank's volunteers are insured by. */
@Controller()
export class InsurancesController {
  constructor(
    private readonly listInsurances: ListInsurances,
    private readonly putInsurance: PutInsurance,
    private readonly listInsured: ListInsured,
  ) {}

  @Endpoint('listInsurances')
  list(@Input() { params, query }: InputOf<'listInsurances'>): Promise<AnswerOf<'listInsurances'>> {
    return this.listInsurances.run(params.bankId, query);
  }

  @Endpoint('putInsurance')
  put(@Input() { params, body }: InputOf<'putInsurance'>): Promise<Stored<Insurance>> {
    return this.putInsurance.run(params.bankId, params.insuranceId, body);
  }

  @Endpoint('insuredCsv')
  async insured(
    @Caller() caller: Actor,
    @Input() { params, query }: InputOf<'insuredCsv'>,
    @Headers('accept-language') liked: string | undefined,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<string> {
    return sendCsv(reply, await this.listInsured.csv(caller, params.bankId, query.day, tableLanguage(query, liked, null)));
  }
}
