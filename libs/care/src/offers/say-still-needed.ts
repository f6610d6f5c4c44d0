import { Injectable } from '@nestjs/common';
import { type Actor, hasRole, memberIn } from '@timebank/access';
import { refuse, type RequestAnswer } from '@timebank/contract';
import { UnitOfWork } from '@timebank/database';
import { GetRequest, RequestLock, StillNeeded } from '@timebank/requests';
import { RunRounds } from './run-rounds';

/**
 * A client or a coordinator says that a request is still needed, after it was asked about: volunteers are asked anew. Said again it changes nothing.
 * Whoever needs it no longer cancels it. Refuses `requests/not_asked_again`, and `requests/not_open` where it is taken, over or cancelled.
 */
@Injectable()
export class SayStillNeeded {
  constructor(
    private readonly unit: UnitOfWork,
    private readonly requests: RequestLock,
    private readonly stillNeeded: StillNeeded,
    private readonly rounds: RunRounds,
    private readonly getRequest: GetRequest,
  ) {}

  async run(actor: Actor, bankId: string, requestId: string): Promise<RequestAnswer> {
    return this.unit.run([bankId], async () => {
      const request = await this.requests.one(bankId, requestId);
      if (!hasRole(actor, 'coordinator', bankId) && memberIn(actor, bankId) !== request.clientId) throw refuse('requests/not_found');
      if (request.askedAgainAt === null) throw refuse('requests/not_asked_again');
      if (request.stillNeededAt === null) {
        if (request.state !== 'open') throw refuse('requests/not_open', { state: request.state });
        if (request.startsAt <= this.unit.now) throw refuse('requests/not_open', { state: 'lapsed' });
        await this.stillNeeded.say(bankId, requestId);
        await this.rounds.anew(bankId, requestId);
        this.unit.tell(bankId, 'requests/changed', { requestId });
      }
      return this.getRequest.run(actor, bankId, requestId);
    });
  }
}
