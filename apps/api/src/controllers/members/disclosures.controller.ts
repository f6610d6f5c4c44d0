import { Controller } from '@nestjs/common';
import type { Actor } from '@timebank/access';
import type { AnswerOf, InputOf } from '@timebank/contract';
import { ListDisclosures } from '@timebank/members';
import { Caller, Endpoint, Input } from '../../http/endpoint';

/** Who looked at what few may see. */
@Controller()
export class DisclosuresController {
  constructor(private readonly listDisclosures: ListDisclosures) {}

  @Endpoint('listOwnDisclosures')
  own(@Caller() caller: Actor, @Input() { query }: InputOf<'listOwnDisclosures'>): Promise<AnswerOf<'listOwnDisclosures'>> {
    return this.listDisclosures.own(caller, query);
  }

  @Endpoint('listDisclosures')
  list(@Input() { params, query }: InputOf<'listDisclosures'>): Promise<AnswerOf<'listDisclosures'>> {
    return this.listDisclosures.run(params.bankId, query);
  }
}
