import { Injectable } from '@nestjs/common';
import { hasRole, memberIn, type Actor } from '@timebank/access';
import { ReadBank, ReadPolicy } from '@timebank/banks';
import { refuse, type RequestAnswer, type RequestPatch } from '@timebank/contract';
import { UnitOfWork } from '@timebank/database';
import { localDate } from '@timebank/kernel';
import { RequestRow } from './request.entity';
import { CheckOpenRequests } from './check-open-requests';
import { GetRequest } from './get-request';
import { helps } from './helpers.sql';
import { RequestLock } from './request-lock';
import { checkTerms, endOf } from './request-terms.rules';

/**
 * Changes time, length, place or note of a request that nobody has taken, and how many helpers any request needs: a coordinator any client's, a client
 * their own. Atomic. Refuses `requests/not_open`, `requests/helpers_taken` for fewer than it has, `requests/stale` when the version is not the latest,
 * and terms out of range.
 */
@Injectable()
export class PatchRequest {
  constructor(
    private readonly unit: UnitOfWork,
    private readonly lock: RequestLock,
    private readonly readBank: ReadBank,
    private readonly readPolicy: ReadPolicy,
    private readonly checkOpenRequests: CheckOpenRequests,
    private readonly getRequest: GetRequest,
  ) {}

  async run(actor: Actor, bankId: string, requestId: string, patch: RequestPatch): Promise<RequestAnswer> {
    return this.unit.run([bankId], async () => {
      const request = await this.lock.one(bankId, requestId);
      if (!hasRole(actor, 'coordinator', bankId) && memberIn(actor, bankId) !== request.clientId) throw refuse('requests/not_found');
      if (request.version !== patch.version) throw refuse('requests/stale', { version: request.version }, 'body.version');
      const helpersNeeded = await this.mayNeed(request, patch);
      const startsAt = patch.startsAt ? new Date(patch.startsAt) : request.startsAt;
      const minutes = patch.minutes ?? request.minutes;
      if (patch.startsAt !== undefined || patch.minutes !== undefined) {
        const bank = await this.readBank.run(bankId);
        checkTerms({ startsAt, minutes }, this.unit.now, await this.readPolicy.run(bankId, localDate(startsAt, bank.zone)));
      }
      // A lapsed request does not count; moved to a later time it is open again.
      const comesBack = request.endsAt <= this.unit.now && endOf(startsAt, minutes) > this.unit.now;
      if (comesBack && request.seriesId === null) await this.checkOpenRequests.run(bankId, request.clientId, requestId);
      const isMoved = startsAt.getTime() !== request.startsAt.getTime();
      const askedAnew = isMoved ? { askedAgainAt: null, stillNeededAt: null } : {};
      const { place, note } = patch;
      await this.unit.updateRow(
        RequestRow,
        { bankId, requestId },
        { startsAt, endsAt: endOf(startsAt, minutes), minutes, place, note, helpersNeeded, ...askedAnew },
      );
      await this.lock.settle(bankId, [requestId]);
      this.unit.tell(bankId, 'requests/changed', { requestId });
      return this.getRequest.run(actor, bankId, requestId);
    });
  }

  /** How many helpers it is to need. A visit's plan is its request's, which stays as it is while anybody helps. */
  private async mayNeed({ bankId, requestId, state, helpersNeeded }: RequestRow, patch: RequestPatch): Promise<number> {
    const found = await this.unit.one<{ helpers: number }>(
      `select (select count(*) from visit v where ${helps}) as helpers from request r where r.bank_id = $1 and r.request_id = $2`,
      [bankId, requestId],
    );
    const helpers = found?.helpers ?? 0;
    const isPlan = Object.entries(patch).some(([name, value]) => value !== undefined && !['version', 'helpersNeeded'].includes(name));
    if (state === 'cancelled' || (helpers > 0 && (isPlan || patch.helpersNeeded === undefined)))
      throw refuse('requests/not_open', { state: state === 'open' ? 'taken' : state });
    const wanted = patch.helpersNeeded ?? helpersNeeded;
    if (wanted < helpers) throw refuse('requests/helpers_taken', { helpers }, 'body.helpersNeeded');
    return wanted;
  }
}
