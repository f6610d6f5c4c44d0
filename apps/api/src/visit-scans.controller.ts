import { Controller } from '@nestjs/common';
import type { Actor } from '@timebank/access';
import type { AnswerOf, InputOf } from '@timebank/contract';
import { ListVisitScans } from '@timebank/visits';
import { Caller, Endpoint, Input } from './http/endpoint';

/** Every scan of a visit, where its own answer carries only the newest. */
@Controller()
export class VisitScansController {
  constructor(private readonly listVisitScans: ListVisitScans) {}

  @Endpoint('listVisitScans')
  list(@Caller() caller: Actor, @Input() { params, query }: InputOf<'listVisitScans'>): Promise<AnswerOf<'listVisitScans'>> {
    return this.listVisitScans.run(caller, params.bankId, params.visitId, query);
  }
}
