import { Injectable } from '@nestjs/common';
import { hasRole, memberIn, type Actor } from '@timebank/access';
import { ReadBank, ReadPolicy } from '@timebank/banks';
import { refuse, type RequestAnswer, type RequestInput, type Stored } from '@timebank/contract';
import { contentHash, once, UnitOfWork } from '@timebank/database';
import { localDate } from '@timebank/kernel';
import { CheckAsked } from './check-asked';
import { CheckOpenRequests } from './check-open-requests';
import { GetRequest } from './get-request';
import { RequestRow } from './request.entity';
import { checkTerms, endOf } from './request-terms.rules';

/**
 * Enters a request: a coordinator for any client of the bank, a client for themselves. Idempotent under the caller's id: the same content again
 * answers the request as it is now, other content is `requests/id_reused`. Atomic. Refuses somebody who is no client, a service kind that is unknown or
 * not offered here, times out of range, more minutes than policy `visitCapMinutes` and, as `CheckOpenRequests`, more open requests than one client may have. If the client
 * cannot cover it yet, it is not refused: it waits for minutes, and coordinators see it.
 */
@Injectable()
export class PutRequest {
  constructor(
    private readonly unit: UnitOfWork,
    private readonly readBank: ReadBank,
    private readonly readPolicy: ReadPolicy,
    private readonly checkAsked: CheckAsked,
    private readonly checkOpenRequests: CheckOpenRequests,
    private readonly getRequest: GetRequest,
  ) {}

  async run(actor: Actor, bankId: string, requestId: string, input: RequestInput): Promise<Stored<RequestAnswer>> {
    if (!hasRole(actor, 'coordinator', bankId) && memberIn(actor, bankId) !== input.clientId)
      throw refuse('access/not_allowed', {}, 'body.clientId');
    const hash = contentHash(input);
    return this.unit.run([bankId], async () => {
      const first = await once(this.unit, RequestRow, { bankId, requestId }, { hash, reused: 'requests/id_reused' }, () =>
        this.layDown(actor, bankId, requestId, input, hash),
      );
      return { first, value: await this.getRequest.run(actor, bankId, requestId) };
    });
  }

  /** False when a call at the same time was faster. */
  private async layDown(actor: Actor, bankId: string, requestId: string, input: RequestInput, hash: Buffer): Promise<boolean> {
    const startsAt = new Date(input.startsAt);
    const bank = await this.readBank.run(bankId);
    const policy = await this.readPolicy.run(bankId, localDate(startsAt, bank.zone));
    checkTerms({ startsAt, minutes: input.minutes }, this.unit.now, policy);
    const asked = await this.checkAsked.run(bankId, input);
    await this.checkOpenRequests.run(bankId, input.clientId, requestId);
    const { clientId, serviceKind, minutes, place = null, note = null } = input;
    const helpersNeeded = input.helpersNeeded ?? asked.helpersNeeded;
    const by = { createdBy: actor.personId, createdAt: this.unit.now, contentHash: hash };
    const what = { clientId, serviceKind, startsAt, endsAt: endOf(startsAt, minutes), minutes, helpersNeeded, place, note };
    const isMade = await this.unit.insertNew(RequestRow, { bankId, requestId, state: 'open', ...what, ...by });
    if (isMade) this.unit.tell(bankId, 'requests/opened', { requestId, clientId, serviceKind, startsAt: startsAt.toISOString() });
    return isMade;
  }
}
