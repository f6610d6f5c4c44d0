import { Controller } from '@nestjs/common';
import type { Actor } from '@timebank/access';
import { ListNobodyCame } from '@timebank/care';
import type { AnswerOf, InputOf, Visit } from '@timebank/contract';
import { SayOnMyWay } from '@timebank/visits';
import { Caller, Endpoint, Input } from '../../http/endpoint';

/** On the day of a visit. */
@Controller()
export class DayController {
  constructor(
    private readonly sayOnMyWay: SayOnMyWay,
    private readonly listNobodyCame: ListNobodyCame,
  ) {}

  @Endpoint('sayOnMyWay')
  onMyWay(@Caller() caller: Actor, @Input() { params }: InputOf<'sayOnMyWay'>): Promise<Visit> {
    return this.sayOnMyWay.run(caller, params.bankId, params.visitId);
  }

  @Endpoint('listNobodyCame')
  nobodyCame(@Input() { params, query }: InputOf<'listNobodyCame'>): Promise<AnswerOf<'listNobodyCame'>> {
    return this.listNobodyCame.run(params.bankId, query);
  }
}
