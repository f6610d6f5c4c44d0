import { Injectable } from '@nestjs/common';
import { UnitOfWork } from '@timebank/database';
import { ReleaseHolds } from '@timebank/ledger';
import { RequestLock } from '@timebank/requests';
import { partiesOf } from '../told.rules';
import type { LockedVisit } from '../visit-lock';
import { WriteVisit } from '../write-visit';

/** Makes a locked visit that nobody began a no-show, in the caller's unit of work: its minutes are free and its request has lapsed. */
@Injectable()
export class MissVisit {
  constructor(
    private readonly unit: UnitOfWork,
    private readonly releaseHolds: ReleaseHolds,
    private readonly requests: RequestLock,
    private readonly writeVisit: WriteVisit,
  ) {}

  async run(visit: LockedVisit): Promise<void> {
    const { bankId, visitId, requestId, holdId, state: from } = visit;
    await this.releaseHolds.run(bankId, [holdId]);
    await this.writeVisit.move(bankId, 'clock', [{ visitId, from, to: 'no_show', set: {} }]);
    await this.requests.settle(bankId, [requestId]);
    this.unit.tell(bankId, 'visits/no_show', partiesOf(visit));
  }
}
