import { Injectable } from '@nestjs/common';
import { UnitOfWork } from '@timebank/database';
import { helps } from './helpers.sql';
import type { RequestRow } from './request.entity';

export type AskedAgain = Pick<RequestRow, 'requestId' | 'clientId' | 'serviceKind' | 'startsAt'>;

/** So many in one go; the rest with the next. */
const batch = 200;

/** Whether a request that nobody has taken is still needed, for the room that asks: in its unit of work. */
@Injectable()
export class StillNeeded {
  constructor(private readonly unit: UnitOfWork) {}

  /**
   * Marks those that begin within so many minutes, were asked for earlier than that, and that nobody has taken or is to take: each once, however often
   * and by how many this is called.
   */
  ask(bankId: string, withinMinutes: number): Promise<AskedAgain[]> {
    return this.unit.query<AskedAgain>(
      `update request set asked_again_at = $2 from (
         select r.request_id from request r
          where r.bank_id = $1 and r.state = 'open' and r.starts_at > $2 and r.starts_at <= $2::timestamptz + make_interval(mins => $3)
            and r.created_at < r.starts_at - make_interval(mins => $3) and r.asked_again_at is null and r.reserved_for is null
            and not exists (select from visit v where ${helps})
          order by r.starts_at, r.request_id limit ${batch} for no key update skip locked) due
        where request.bank_id = $1 and request.request_id = due.request_id
        returning request.request_id, request.client_id, request.service_kind, request.starts_at`,
      [bankId, this.unit.now, withinMinutes],
    );
  }

  /** Of a locked request. */
  async say(bankId: string, requestId: string): Promise<void> {
    await this.unit.query('update request set still_needed_at = $3 where bank_id = $1 and request_id = $2', [
      bankId,
      requestId,
      this.unit.now,
    ]);
  }
}
