import { Controller } from '@nestjs/common';
import type { Actor } from '@timebank/access';
import { PutCreditLine } from '@timebank/banks';
import type { AnswerOf, BankSettlement, CreditLine, InputOf, Stored } from '@timebank/contract';
import { ListPositions, SettleBanks } from '@timebank/hours';
import { Caller, Endpoint, Input } from '../../http/endpoint';

/** What banks owe each other. */
@Controller()
export class ClearingController {
  constructor(
    private readonly putCreditLine: PutCreditLine,
    private readonly listPositions: ListPositions,
    private readonly settleBanks: SettleBanks,
  ) {}

  @Endpoint('putCreditLine')
  creditLine(@Caller() caller: Actor, @Input() { params, body }: InputOf<'putCreditLine'>): Promise<Stored<CreditLine>> {
    return this.putCreditLine.run(caller, params.bankId, params.otherBankId, body.creditLineMinutes);
  }

  @Endpoint('listPositions')
  positions(@Input() { params, query }: InputOf<'listPositions'>): Promise<AnswerOf<'listPositions'>> {
    return this.listPositions.run(params.bankId, query);
  }

  @Endpoint('cityPositions')
  city(@Input() { query }: InputOf<'cityPositions'>): Promise<AnswerOf<'cityPositions'>> {
    return this.listPositions.run(null, query);
  }

  @Endpoint('settleBanks')
  settle(@Caller() caller: Actor, @Input() { params, body }: InputOf<'settleBanks'>): Promise<Stored<BankSettlement>> {
    return this.settleBanks.run(caller, params.settlementId, body);
  }
}
