import { Controller } from '@nestjs/common';
import type { Actor } from '@timebank/access';
import type { InputOf, Stored, Visit } from '@timebank/contract';
import { AnswerVisit, RecordCallBack } from '@timebank/visits';
import { Caller, Endpoint, Input } from '../../http/endpoint';

/** What clients say about a visit, to a coordinator on the phone or in the app. */
@Controller()
export class CallBacksController {
  constructor(
    private readonly recordCallBack: RecordCallBack,
    private readonly answerVisit: AnswerVisit,
  ) {}

  @Endpoint('putCallBack')
  record(@Caller() caller: Actor, @Input() { params, body }: InputOf<'putCallBack'>): Promise<Stored<Visit>> {
    return this.recordCallBack.run(caller, params.bankId, params.visitId, params.callBackId, body);
  }

  @Endpoint('putClientAnswer')
  answer(@Caller() caller: Actor, @Input() { params, body }: InputOf<'putClientAnswer'>): Promise<Stored<Visit>> {
    return this.answerVisit.run(caller, params.bankId, params.visitId, params.answerId, body);
  }
}
