import { Controller } from '@nestjs/common';
import type { Actor } from '@timebank/access';
import type { InputOf, Stored, Visit } from '@timebank/contract';
import { RecordCallBack } from '@timebank/visits';
import { Caller, Endpoint, Input } from './http/endpoint';

/** What clients say about a visit on the phone. */
@Controller()
export class CallBacksController {
  constructor(private readonly recordCallBack: RecordCallBack) {}

  @Endpoint('putCallBack')
  record(@Caller() caller: Actor, @Input() { params, body }: InputOf<'putCallBack'>): Promise<Stored<Visit>> {
    return this.recordCallBack.run(caller, params.bankId, params.visitId, params.callBackId, body);
  }
}
