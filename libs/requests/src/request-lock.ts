import { Injectable } from '@nestjs/common';
import { refuse } from '@timebank/contract';
import { UnitOfWork } from '@timebank/database';
import { helps } from './helpers.sql';
import type { RequestRow } from './request.entity';

type CancelledRequest = Pick<RequestRow, 'requestId' | 'serviceKind' | 'startsAt'>;

/** For rooms that act on requests inside their own unit of work: visits take, free and cancel them. */
@Injectable()
export class RequestLock {
  constructor(private readonly unit: UnitOfWork) {}

  /** Reads and locks one request until the unit ends; `requests/not_found`. To lock its visits too, lock those first. */
  async one(bankId: string, requestId: string): Promise<RequestRow> {
    const row = await this.unit.one<RequestRow>('select * from request where bank_id = $1 and request_id = $2 for no key update', [
      bankId,
      requestId,
    ]);
    if (!row) throw refuse('requests/not_found');
    return row;
  }

  /**
   * Whether requests are open or taken, by how many helpers they need and have: after visits of theirs came or went, or more help is needed. One
   * that is cancelled stays so. What is given up is open for everybody, also where it was a regular's to take.
   */
  async settle(bankId: string, requestIds: readonly string[]): Promise<void> {
    if (requestIds.length === 0) return;
    await this.all(bankId, requestIds);
    await this.unit.query(
      `update request set state = now.state, version = version + 1, reserved_for = case when now.state <> 'open' then reserved_for end
         from (select r.request_id, case when (select count(*) from visit v where ${helps}) < r.helpers_needed then 'open' else 'taken' end as state
                 from request r where r.bank_id = $1 and r.request_id = any($2::uuid[])) now
        where request.bank_id = $1 and request.request_id = now.request_id and request.state not in (now.state, 'cancelled')`,
      [bankId, requestIds],
    );
  }

  /** Cancels those of the requests that nobody helps with, and answers them. */
  async cancel(bankId: string, requestIds: readonly string[]): Promise<CancelledRequest[]> {
    if (requestIds.length === 0) return [];
    await this.all(bankId, requestIds);
    return this.unit.query<CancelledRequest>(
      `update request r set state = 'cancelled', version = version + 1, reserved_for = null
        where r.bank_id = $1 and r.request_id = any($2::uuid[]) and r.state <> 'cancelled' and not exists (select from visit v where ${helps})
        returning r.request_id, r.service_kind, r.starts_at`,
      [bankId, requestIds],
    );
  }

  /** Before anything is counted: what others are about to give or take of the same requests is seen then. */
  private async all(bankId: string, requestIds: readonly string[]): Promise<void> {
    await this.unit.query('select from request where bank_id = $1 and request_id = any($2::uuid[]) order by request_id for no key update', [
      bankId,
      requestIds,
    ]);
  }
}
