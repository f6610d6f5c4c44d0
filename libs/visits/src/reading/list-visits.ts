import { Injectable } from '@nestjs/common';
import { memberIn, type Actor } from '@timebank/access';
import type { VisitLine, VisitQuery } from '@timebank/contract';
import { countWithin, pageOf, readCursor, rowsFor, type Selection, type Total, UnitOfWork } from '@timebank/database';
import { FindNamed } from '@timebank/members';
import { callBackOpen } from './call-back-open.sql';
import { readerOf, readsAll } from './get-visit';
import { leftLate } from './leaving';
import { lineOf, visitLineSelect, type VisitLineRow } from './visit-view';
import { unrecorded, waits, waitsSince } from '../waiting.sql';

/** Refused by one of these approvals, as each of them has answered. */
const leftBy = (
  approvals: string,
) => `v.visit_id in (select (answer ->> 'visitId')::uuid from approval p, jsonb_array_elements(p.results) as answer
  where p.bank_id = $1 and p.approval_id = any (${approvals}) and answer ->> 'outcome' = 'refused')`;

/**
 * Visits by planned start, earliest first, in keyset pages; the list of those that wait for a decision goes by how long they wait, so that escalated
 * ones come first. Staff see all of the bank, a volunteer and a client their own.
 */
@Injectable()
export class ListVisits {
  constructor(
    private readonly unit: UnitOfWork,
    private readonly findNamed: FindNamed,
  ) {}

  async run(actor: Actor, bankId: string, query: VisitQuery): Promise<{ items: VisitLine[]; nextCursor: string | null; total?: Total }> {
    const after = readCursor(query.cursor, ['instant', 'uuid']);
    const named = query.q !== undefined && readsAll(actor, bankId) ? (await this.findNamed.run(bankId, query.q)).memberIds : null;
    return this.unit.run([bankId], async () => {
      const values: unknown[] = [bankId];
      const place = (value: unknown, type: string) => `$${values.push(value)}::${type}`;
      const conditions = this.conditions(actor, bankId, query, named, place);
      const counting = { select: `select from visit v where v.bank_id = $1 ${conditions.join(' ')}`, values: [...values] };
      const key = query.waiting ? waitsSince : 'v.planned_start';
      const [order, beyond] = query.sort === 'newest' ? ['desc', '<'] : ['asc', '>'];
      if (after) conditions.push(`and (${key}, v.visit_id) ${beyond} (${place(after[0], 'timestamptz')}, ${place(after[1], 'uuid')})`);
      const sql = `${visitLineSelect} ${conditions.join(' ')} order by ${key} ${order}, v.visit_id ${order} limit ${rowsFor(query.limit)}`;
      const rows = await this.unit.query<VisitLineRow>(sql, values);
      const page = pageOf(rows, query.limit, (row) => [
        (query.waiting && row.waitingSince ? row.waitingSince : row.plannedStart).toISOString(),
        row.visitId,
      ]);
      const counted = await countWithin(this.unit, query.count, counting, this.byState(actor, bankId, query, named));
      const { now } = this.unit;
      return {
        items: page.items.map((row) => lineOf(row, readerOf(actor, row) ?? 'client', now)),
        nextCursor: page.nextCursor,
        ...counted,
      };
    });
  }

  private byState(actor: Actor, bankId: string, query: VisitQuery, named: string[] | null): Selection {
    const values: unknown[] = [bankId];
    const place = (value: unknown, type: string) => `$${values.push(value)}::${type}`;
    const conditions = this.conditions(actor, bankId, { ...query, state: undefined }, named, place);
    return { select: `select v.state as value from visit v where v.bank_id = $1 ${conditions.join(' ')}`, values };
  }

  private conditions(
    actor: Actor,
    bankId: string,
    query: VisitQuery,
    named: string[] | null,
    place: (value: unknown, type: string) => string,
  ): string[] {
    const conditions: string[] = [];
    // Readers who may not know a name or a phone may not search by it.
    if (query.q !== undefined && named === null) conditions.push('and false');
    if (named !== null) {
      const people = place(named, 'uuid[]');
      conditions.push(`and (v.volunteer_id = any (${people}) or v.client_id = any (${people}))`);
    }
    if (query.sort === 'next') {
      const now = place(this.unit.now, 'timestamptz');
      // A planned visit lasts a day at most; the index goes by its start.
      conditions.push(`and v.planned_end > ${now} and v.planned_start > ${now} - interval '24 hours'`);
    }
    if (query.state) conditions.push(`and v.state = ${place(query.state, 'text')}`);
    if (query.lane) conditions.push(`and v.lane = ${place(query.lane, 'text')}`);
    if (query.serviceKind) conditions.push(`and v.service_kind = ${place(query.serviceKind, 'text')}`);
    if (query.requestId) conditions.push(`and v.request_id = ${place(query.requestId, 'uuid')}`);
    if (query.volunteerId) conditions.push(`and v.volunteer_id = ${place(query.volunteerId, 'uuid')}`);
    if (query.clientId) conditions.push(`and v.client_id = ${place(query.clientId, 'uuid')}`);
    if (query.from) conditions.push(`and v.planned_start >= ${place(query.from, 'timestamptz')}`);
    if (query.to) conditions.push(`and v.planned_start < ${place(query.to, 'timestamptz')}`);
    // The people in a visit may not know whether it was drawn.
    if (query.callBack) conditions.push(readsAll(actor, bankId) ? `and ${callBackOpen}` : 'and false');
    if (query.unrecorded) conditions.push(`and ${unrecorded(place(this.unit.now, 'timestamptz'))}`);
    if (query.late) conditions.push(readsAll(actor, bankId) ? `and ${leftLate}` : 'and false');
    if (query.leftBy)
      conditions.push(readsAll(actor, bankId) ? `and ${waits} and ${leftBy(place(query.leftBy.split(','), 'uuid[]'))}` : 'and false');
    if (query.waiting) conditions.push(`and ${waits}`);
    if (query.waiting === 'escalated') {
      conditions.push('and exists (select from visit_escalation x where x.bank_id = v.bank_id and x.visit_id = v.visit_id)');
    }
    if (!readsAll(actor, bankId)) {
      const me = place(memberIn(actor, bankId), 'uuid');
      conditions.push(`and (v.volunteer_id = ${me} or v.client_id = ${me})`);
    }
    return conditions;
  }
}
