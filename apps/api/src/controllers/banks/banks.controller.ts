import { Controller } from '@nestjs/common';
import type { Actor } from '@timebank/access';
import { FoundBank, ListBanks, PatchBank, ReadBank } from '@timebank/banks';
import type { AnswerOf, Bank, InputOf, Stored } from '@timebank/contract';
import { cutPage } from '@timebank/database';
import { Caller, Endpoint, Input } from '../../http/endpoint';

/** Time banks. */
@Controller()
export class BanksController {
  constructor(
    private readonly listBanks: ListBanks,
    private readonly foundBank: FoundBank,
    private readonly readBank: ReadBank,
    private readonly patchBank: PatchBank,
  ) {}

  @Endpoint('listBanks')
  async list(@Caller() caller: Actor, @Input() { query }: InputOf<'listBanks'>): Promise<AnswerOf<'listBanks'>> {
    return cutPage(await this.listBanks.run(caller), query);
  }

  @Endpoint('putBank')
  put(@Input() { params, body }: InputOf<'putBank'>): Promise<Stored<Bank>> {
    return this.foundBank.run(params.bankId, body);
  }

  @Endpoint('getBank')
  get(@Input() { params }: InputOf<'getBank'>): Promise<Bank> {
    return this.readBank.answer(params.bankId);
  }

  @Endpoint('patchBank')
  patch(@Caller() caller: Actor, @Input() { params, body }: InputOf<'patchBank'>): Promise<Bank> {
    return this.patchBank.run(caller, params.bankId, body);
  }
}
