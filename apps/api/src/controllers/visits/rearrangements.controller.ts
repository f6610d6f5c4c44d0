import { Controller } from '@nestjs/common';
import type { Actor } from '@timebank/access';
import type { InputOf, Stored, Visit } from '@timebank/contract';
import { RearrangeVisit } from '@timebank/visits';
import { Caller, Endpoint, Input } from '../../http/endpoint';

/** Planned visits given to somebody else, or moved. */
@Controller()
export class RearrangementsController {
  constructor(private readonly rearrangeVisit: RearrangeVisit) {}

  @Endpoint('rearrangeVisit')
  rearrange(@Caller() caller: Actor, @Input() { params, body }: InputOf<'rearrangeVisit'>): Promise<Stored<Visit>> {
    return this.rearrangeVisit.run(caller, params.bankId, params, body);
  }
}
