import { Injectable } from '@nestjs/common';
import type { Actor } from '@timebank/access';
import { Interchange } from '@timebank/banks';
import type { RequestAnswer, RequestQuery } from '@timebank/contract';
import { pageOf, readCursor, UnitOfWork } from '@timebank/database';
import { answerOf, banksOfViewer, requestSelect, viewerOf, visibleTo, type RequestViewRow, type Viewer } from './request-view';

type State = NonNullable<RequestQuery['state']>;

/** What narrows the scan before the state of the moment is worked out; an open request lasts a day at most. */
const narrowing: Partial<Record<State, string>> = {
  open: `and r.stored_state = 'open' and r.starts_at > $2 - interval '24 hours'`,
  waiting_for_minutes: `and r.stored_state = 'open' and r.starts_at > $2 - interval '24 hours'`,
  lapsed: `and r.stored_state = 'open'`,
};

/**
 * Requests by start, in keyset pages. Staff see all of the bank; a client their own; a volunteer those they could take
 * (open, not lapsed, qualified, covered by the client's free minutes, not their own), those they have taken and their own.
 * With `state=open` a volunteer gets what they could take and nothing else. A guest takes by what their home bank has recorded, and
 * nothing while policy `interchange` is off in either bank.
 */
@Injectable()
export class ListRequests {
  constructor(
    private readonly unit: UnitOfWork,
    private readonly interchange: Interchange,
  ) {}

  async run(actor: Actor, bankId: string, query: RequestQuery): Promise<{ items: RequestAnswer[]; nextCursor: string | null }> {
    const viewer = viewerOf(actor, bankId);
    const after = readCursor(query.cursor, ['instant', 'uuid']);
    const banks = banksOfViewer(viewer, bankId);
    return this.unit.run(banks, async () => {
      const mayTake = viewer.isVolunteer && (viewer.homeBankId === null || (await this.interchange.isOpen(banks)));
      const { sql, values } = this.statement(bankId, { ...viewer, mayTake }, query, after);
      const rows = await this.unit.query<RequestViewRow>(sql, values);
      const page = pageOf(rows, query.limit, (row) => [row.startsAt.toISOString(), row.requestId]);
      return { items: page.items.map((row) => answerOf(row, viewer)), nextCursor: page.nextCursor };
    });
  }

  private statement(
    bankId: string,
    viewer: Viewer & { mayTake: boolean },
    query: RequestQuery,
    after: (string | number)[] | null,
  ): { sql: string; values: unknown[] } {
    const values: unknown[] = [bankId, this.unit.now];
    const place = (value: unknown, type: string) => `$${values.push(value)}::${type}`;
    const conditions: string[] = [];
    if (query.state) {
      const state = place(query.state, 'text');
      conditions.push(narrowing[query.state] ?? `and r.stored_state = ${state}`, `and r.state = ${state}`);
    }
    if (query.clientId) conditions.push(`and r.client_id = ${place(query.clientId, 'uuid')}`);
    if (query.from) conditions.push(`and r.starts_at >= ${place(query.from, 'timestamptz')}`);
    if (query.to) conditions.push(`and r.starts_at < ${place(query.to, 'timestamptz')}`);
    if (!viewer.isStaff) {
      const me = place(viewer.memberId, 'uuid');
      const home = viewer.mayTake ? place(viewer.homeBankId ?? bankId, 'uuid') : null;
      conditions.push(`and ${visibleTo(viewer, me, home)}`);
      if (viewer.isVolunteer && query.state === 'open' && query.clientId !== viewer.memberId) conditions.push(`and r.client_id <> ${me}`);
    }
    if (after) conditions.push(`and (r.starts_at, r.request_id) > (${place(after[0], 'timestamptz')}, ${place(after[1], 'uuid')})`);
    return {
      sql: `${requestSelect} ${conditions.join(' ')} order by r.starts_at, r.request_id limit ${place(query.limit + 1, 'integer')}`,
      values,
    };
  }
}
