import { Controller } from '@nestjs/common';
import { type Actor, TakeBackAct } from '@timebank/access';
import type { AnswerOf, InputOf } from '@timebank/contract';
import { ListWaitingActs } from '@timebank/members';
import { Caller, Endpoint, Input } from '../../http/endpoint';

/** What waits for a second person. The same call that asked for it confirms it. */
@Controller()
export class ActsController {
  constructor(
    private readonly listWaitingActs: ListWaitingActs,
    private readonly takeBackAct: TakeBackAct,
  ) {}

  @Endpoint('listWaitingActs')
  list(@Caller() caller: Actor, @Input() { params, query }: InputOf<'listWaitingActs'>): Promise<AnswerOf<'listWaitingActs'>> {
    return this.listWaitingActs.run(caller, params.bankId, query);
  }

  @Endpoint('takeBackAct')
  async takeBack(@Caller() caller: Actor, @Input() { params }: InputOf<'takeBackAct'>): Promise<AnswerOf<'takeBackAct'>> {
    await this.takeBackAct.run(caller, params.bankId, params.actId);
    return { done: true };
  }
}
