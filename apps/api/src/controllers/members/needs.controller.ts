import { Controller } from '@nestjs/common';
import type { Actor } from '@timebank/access';
import type { InputOf, Needs, Stored, VisitNeeds } from '@timebank/contract';
import { ClientNeeds } from '@timebank/members';
import { ShowNeeds } from '@timebank/visits';
import { Caller, Endpoint, Input } from '../../http/endpoint';

/** What a helper has to know of a client. */
@Controller()
export class NeedsController {
  constructor(
    private readonly clientNeeds: ClientNeeds,
    private readonly showNeeds: ShowNeeds,
  ) {}

  @Endpoint('getNeeds')
  get(@Caller() caller: Actor, @Input() { params }: InputOf<'getNeeds'>): Promise<Needs> {
    return this.clientNeeds.read(caller, params.bankId, params.memberId);
  }

  @Endpoint('putNeeds')
  put(@Caller() caller: Actor, @Input() { params, body }: InputOf<'putNeeds'>): Promise<Stored<Needs>> {
    return this.clientNeeds.put(caller, params.bankId, params.memberId, body);
  }

  @Endpoint('getVisitNeeds')
  ofVisit(@Caller() caller: Actor, @Input() { params }: InputOf<'getVisitNeeds'>): Promise<VisitNeeds> {
    return this.showNeeds.run(caller, params.bankId, params.visitId);
  }
}
