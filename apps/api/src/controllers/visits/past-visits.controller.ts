import { Controller } from '@nestjs/common';
import type { Actor } from '@timebank/access';
import type { InputOf, Stored, Visit } from '@timebank/contract';
import { RecordPastVisit } from '@timebank/visits';
import { Caller, Endpoint, Input } from '../../http/endpoint';

/** Visits that had no plan, recorded when they are over. */
@Controller()
export class PastVisitsController {
  constructor(private readonly recordPastVisit: RecordPastVisit) {}

  @Endpoint('putPastVisit')
  put(@Caller() caller: Actor, @Input() { params, body }: InputOf<'putPastVisit'>): Promise<Stored<Visit>> {
    return this.recordPastVisit.run(caller, params.bankId, params.visitId, body);
  }
}
