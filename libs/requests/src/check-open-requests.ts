import { Injectable } from '@nestjs/common';
import { refuse } from '@timebank/contract';
import { UnitOfWork } from '@timebank/database';

/**
 * Open requests of one client: a month of daily help, entered one by one. Far more than volunteers can be found for, far fewer than would fill a
 * desk.
 */
const mostOpen = 30;

/**
 * Which requests count, for request `r` at instant `$3`: nobody has taken it, and it has not lapsed. What a series adds by itself does not
 * count: six weeks of it may be more, and somebody looks after the series.
 */
const counts = `r.state = 'open' and r.ends_at > $3 and r.series_id is null`;

/**
 * Refuses `requests/too_many_open` when a client has as many open requests as allowed, whoever enters the next one. Inside the caller's unit, which
 * writes the request next: callers for one client take turns until it ends, so two at once cannot both pass.
 */
@Injectable()
export class CheckOpenRequests {
  constructor(private readonly unit: UnitOfWork) {}

  /** `requestId` is the one to be written, which does not count against itself. */
  async run(bankId: string, clientId: string, requestId: string): Promise<void> {
    await this.unit.query('select pg_advisory_xact_lock(hashtextextended($1::text, 30))', [clientId]);
    const row = await this.unit.one<{ open: number }>(
      `select count(*) as open from request r where r.bank_id = $1 and r.client_id = $2 and r.request_id <> $4 and ${counts}`,
      [bankId, clientId, this.unit.now, requestId],
    );
    const open = row?.open ?? 0;
    if (open >= mostOpen) throw refuse('requests/too_many_open', { most: mostOpen, open });
  }
}
