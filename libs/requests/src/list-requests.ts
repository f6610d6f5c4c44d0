import { Injectable } from '@nestjs/common';
import type { Actor } from '@timebank/access';
import type { RequestAnswer, RequestQuery } from '@timebank/contract';
import { countUpTo, countWithin, pageOf, readCursor, rowsFor, type Selection, type Total, UnitOfWork } from '@timebank/database';
import { FindNamed } from '@timebank/members';
import {
  answerOf,
  banksOfViewer,
  requestSelect,
  requestStates,
  viewerOf,
  visibleTo,
  type RequestViewRow,
  type Takes,
  type Viewer,
} from './request-view';
import { Takeable } from './takeable';

/** Who reads, and what they could take now. */
type Reader = Viewer & { takes: Takes };
type State = NonNullable<RequestQuery['state']>;

/** Of one that needs several, fewer may have come. */
const withHelp = `and (r.stored_state = 'taken' or (r.stored_state = 'open' and r.ends_at <= $2))`;

/**
 * Of the served ones, those of the newest or oldest approved visits: enough for a page, unless several came to many of them. Without it whatever waits for approval,
 * all of it newer, is looked through first.
 */
const ofApproved = (beyond: string, way: string, limit: number) => `and r.request_id = any (array(select v.request_id from visit v
  where v.bank_id = $1 and v.state = 'approved' ${beyond} order by v.planned_start ${way} fetch first ${Math.ceil(1.2 * limit) + 1} rows with ties))`;

/** What narrows the scan before the state of the moment is worked out; an open request lasts a day at most. */
const narrowing: Partial<Record<State, string>> = {
  open: `and r.stored_state = 'open' and r.starts_at > $2 - interval '24 hours'`,
  waiting_for_minutes: `and r.stored_state = 'open' and r.starts_at > $2 - interval '24 hours'`,
  lapsed: `and r.stored_state = 'open' and r.starts_at < $2`,
  taken: withHelp,
  served: withHelp,
};

/**
 * Requests by start, in keyset pages. Staff see all of the bank; a client their own; a volunteer those they could take
 * (open, not lapsed, qualified, covered by the client's free minutes, not their own), those they have taken and their own.
 * With `state=open` a volunteer gets what they could take and nothing else. A guest takes by what their home bank has recorded, after
 * the hours of policy `shareOpenAfterHours`, and nothing while policy `interchange` is off in either bank.
 */
@Injectable()
export class ListRequests {
  constructor(
    private readonly unit: UnitOfWork,
    private readonly findNamed: FindNamed,
    private readonly takeable: Takeable,
  ) {}

  async run(
    actor: Actor,
    bankId: string,
    query: RequestQuery,
  ): Promise<{ items: RequestAnswer[]; nextCursor: string | null; total?: Total }> {
    const viewer = viewerOf(actor, bankId);
    const after = readCursor(query.cursor, ['instant', 'uuid']);
    const banks = banksOfViewer(viewer, bankId);
    const named = query.q !== undefined && viewer.isStaff ? (await this.findNamed.run(bankId, query.q)).memberIds : null;
    return this.unit.run(banks, async () => {
      const reader = { ...viewer, takes: await this.takeable.run(viewer, bankId) };
      const { select, values } = this.statement(requestSelect, bankId, reader, query, named);
      const [order, beyond] = query.sort === 'newest' ? ['desc', '<'] : ['asc', '>'];
      const place = (value: unknown, type: string) => `$${values.push(value)}::${type}`;
      const [start, id] = after ? [place(after[0], 'timestamptz'), place(after[1], 'uuid')] : [];
      const since = start ? `and (r.starts_at, r.request_id) ${beyond} (${start}, ${id})` : '';
      const sinceVisit = start ? `and v.planned_start ${beyond}= ${start}` : '';
      const read = (narrowed: string) =>
        this.unit.query<RequestViewRow>(
          `${select} ${narrowed} ${since} order by r.starts_at ${order}, r.request_id ${order} limit ${rowsFor(query.limit)}`,
          values,
        );
      const near = query.state === 'served' ? await read(ofApproved(sinceVisit, order, query.limit)) : [];
      const rows = near.length > query.limit ? near : await read('');
      const page = pageOf(rows, query.limit, (row) => [row.startsAt.toISOString(), row.requestId]);
      return {
        items: page.items.map((row) => answerOf(row, viewer)),
        nextCursor: page.nextCursor,
        ...(await this.counted(bankId, reader, query, named)),
      };
    });
  }

  /** For staff by state too. */
  private async counted(bankId: string, viewer: Reader, query: RequestQuery, named: string[] | null) {
    if (!viewer.isStaff) {
      const { select, values } = this.statement(requestSelect, bankId, viewer, query, named);
      return countUpTo(this.unit, query.count, select, values);
    }
    const list = this.statement(requestStates, bankId, viewer, query, named);
    const all = this.statement(requestStates, bankId, viewer, { ...query, state: undefined }, named);
    const byState = `select any_state.state as value from (${all.select}) any_state`;
    return countWithin(this.unit, query.count, list, { select: byState, values: all.values });
  }

  private statement(
    from: string,
    bankId: string,
    viewer: Reader,
    query: RequestQuery,
    named: string[] | null,
  ): Selection & { values: unknown[] } {
    const values: unknown[] = [bankId, this.unit.now];
    const place = (value: unknown, type: string) => `$${values.push(value)}::${type}`;
    const conditions: string[] = [];
    if (query.state) {
      const state = place(query.state, 'text');
      // By `=` Postgres would expect so few that it reads all of them and sorts; called by its name it expects enough to go in order.
      conditions.push(narrowing[query.state] ?? `and r.stored_state = ${state}`, `and texteq(r.state, ${state})`);
    }
    // A volunteer reads shortened names, and must not find out whole ones by asking.
    if (query.q !== undefined) conditions.push(named === null ? 'and false' : `and r.client_id = any (${place(named, 'uuid[]')})`);
    if (query.sort === 'next') conditions.push(`and r.ends_at > $2 and r.starts_at > $2 - interval '24 hours'`);
    if (query.clientId) conditions.push(`and r.client_id = ${place(query.clientId, 'uuid')}`);
    if (query.seriesId) conditions.push(`and r.series_id = ${place(query.seriesId, 'uuid')}`);
    if (query.from) conditions.push(`and r.starts_at >= ${place(query.from, 'timestamptz')}`);
    if (query.to) conditions.push(`and r.starts_at < ${place(query.to, 'timestamptz')}`);
    if (!viewer.isStaff) {
      conditions.push(`and ${visibleTo(viewer, viewer.takes, place)}`);
      if (viewer.isVolunteer && query.state === 'open' && query.clientId !== viewer.memberId) {
        const me = place(viewer.memberId, 'uuid');
        conditions.push(`and r.client_id <> ${me} and ${me} <> all (r.volunteer_ids)`);
      }
    }
    return { select: `${from} ${conditions.join(' ')}`, values };
  }
}
