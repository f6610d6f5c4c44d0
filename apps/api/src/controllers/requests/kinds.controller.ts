import { Controller } from '@nestjs/common';
import type { AnswerOf, BankKind, InputOf, ServiceKind, Stored } from '@timebank/contract';
import { ListBankKinds, ListServiceKinds, PutBankKind, PutServiceKind } from '@timebank/requests';
import { Endpoint, Input } from '../../http/endpoint';

/** What can be asked for: the city's kinds of service, and each bank's version of them. */
@Controller()
export class KindsController {
  constructor(
    private readonly listServiceKinds: ListServiceKinds,
    private readonly putServiceKind: PutServiceKind,
    private readonly listBankKinds: ListBankKinds,
    private readonly putBankKind: PutBankKind,
  ) {}

  @Endpoint('listServiceKinds')
  list(@Input() { query }: InputOf<'listServiceKinds'>): Promise<AnswerOf<'listServiceKinds'>> {
    return this.listServiceKinds.run(query);
  }

  @Endpoint('putServiceKind')
  put(@Input() { params, body }: InputOf<'putServiceKind'>): Promise<Stored<ServiceKind>> {
    return this.putServiceKind.run(params.code, body);
  }

  @Endpoint('listBankKinds')
  listOfBank(@Input() { params, query }: InputOf<'listBankKinds'>): Promise<AnswerOf<'listBankKinds'>> {
    return this.listBankKinds.run(params.bankId, query);
  }

  @Endpoint('putBankKind')
  putOfBank(@Input() { params, body }: InputOf<'putBankKind'>): Promise<Stored<BankKind>> {
    return this.putBankKind.run(params.bankId, params.code, body);
  }
}
