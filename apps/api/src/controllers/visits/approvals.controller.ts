import { Controller } from '@nestjs/common';
import type { Actor } from '@timebank/access';
import type { Approval, InputOf, Queue, Stored } from '@timebank/contract';
import { DecideVisits, ReadQueue } from '@timebank/visits';
import { Caller, Endpoint, Input } from '../../http/endpoint';

/** What waits for a decision, and deciding it. */
@Controller()
export class ApprovalsController {
  constructor(
    private readonly readQueue: ReadQueue,
    private readonly decideVisits: DecideVisits,
  ) {}

  @Endpoint('queue')
  queue(@Caller() caller: Actor, @Input() { params }: InputOf<'queue'>): Promise<Queue> {
    return this.readQueue.run(caller, params.bankId);
  }

  @Endpoint('putApproval')
  decide(@Caller() caller: Actor, @Input() { params, body }: InputOf<'putApproval'>): Promise<Stored<Approval>> {
    return this.decideVisits.run(caller, params.bankId, params.approvalId, body);
  }
}
