import { Injectable } from '@nestjs/common';
import { refuse } from '@timebank/contract';
import { UnitOfWork } from '@timebank/database';
import type { RequestRow, StoredRequestState } from './request.entity';

/** For rooms that act on requests inside their own unit of work: visits take, free, serve and cancel them. */
@Injectable()
export class RequestLock {
  constructor(private readonly unit: UnitOfWork) {}

  /** Reads and locks one request until the unit ends; `requests/not_found`. To lock its visit too, lock that first. */
  async one(bankId: string, requestId: string): Promise<RequestRow> {
    const row = await this.unit.one<RequestRow>('select * from request where bank_id = $1 and request_id = $2 for no key update', [
      bankId,
      requestId,
    ]);
    if (!row) throw refuse('requests/not_found');
    return row;
  }

  /**
   * Moves requests to a state, all in one statement; those already there or cancelled stay as they are. What is given up is open for everybody, also
   * where it was a regular's to take.
   */
  async move(bankId: string, requestIds: readonly string[], state: StoredRequestState): Promise<void> {
    if (requestIds.length === 0) return;
    await this.unit.query(
      `update request set state = $3, version = version + 1, reserved_for = case when $3 <> 'open' then reserved_for end
       where bank_id = $1 and request_id = any($2::uuid[]) and state not in ($3, 'cancelled')`,
      [bankId, requestIds, state],
    );
  }
}
