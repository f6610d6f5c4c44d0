import { Controller } from '@nestjs/common';
import type { Actor } from '@timebank/access';
import type { AnswerOf, InputOf } from '@timebank/contract';
import { SearchBanks } from '@timebank/members';
import { Caller, Endpoint, Input } from '../../http/endpoint';

/** One box from anywhere. */
@Controller()
export class SearchController {
  constructor(private readonly searchBanks: SearchBanks) {}

  @Endpoint('search')
  search(@Caller() caller: Actor, @Input() { query }: InputOf<'search'>): Promise<AnswerOf<'search'>> {
    return this.searchBanks.run(caller, query.q);
  }
}
