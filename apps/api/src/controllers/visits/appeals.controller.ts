import { Controller } from '@nestjs/common';
import type { Actor } from '@timebank/access';
import type { AnswerOf, Appeal, InputOf, Stored } from '@timebank/contract';
import { AnswerAppeal, AppealVisit, ListAppeals } from '@timebank/visits';
import { Caller, Endpoint, Input } from '../../http/endpoint';

/** A volunteer's objection to a decision, and its answer. */
@Controller()
export class AppealsController {
  constructor(
    private readonly appealVisit: AppealVisit,
    private readonly listAppeals: ListAppeals,
    private readonly answerAppeal: AnswerAppeal,
  ) {}

  @Endpoint('putAppeal')
  appeal(@Caller() caller: Actor, @Input() { params, body }: InputOf<'putAppeal'>): Promise<Stored<Appeal>> {
    return this.appealVisit.run(caller, params.bankId, params.visitId, params.appealId, body);
  }

  @Endpoint('listAppeals')
  list(@Input() { params, query }: InputOf<'listAppeals'>): Promise<AnswerOf<'listAppeals'>> {
    return this.listAppeals.run(params.bankId, query);
  }

  @Endpoint('putAppealAnswer')
  answer(@Caller() caller: Actor, @Input() { params, body }: InputOf<'putAppealAnswer'>): Promise<Stored<Appeal>> {
    return this.answerAppeal.run(caller, params.bankId, params.appealId, params.answerId, body);
  }
}
