import type { Actor } from '@timebank/access';
import { UnitOfWork } from '@timebank/database';
import { newId, type ManualClock } from '@timebank/kernel';
import { PlaceHold } from '@timebank/ledger';
import { PutRequest } from '@timebank/requests';
import { IssueCard, PlanVisit, ScanCard } from '@timebank/visits';
import type { BenchRooms } from './bench-rooms';
import type { PrivateDatabase } from './private-database';

export type VisitMember = { memberId: string; accountId: string; actor: Actor };
export type VisitModel = { bankId: string; visitId: string; requestId: string; startsAt: Date };
/** A visit to be laid after the model: whose, and when. */
export type VisitCopy = { visitId: string; volunteer: VisitMember; client: VisitMember; startsAt: Date };

export const visitMinutes = 60;

/** A visit that went as it should: asked for, taken, scanned at both ends to the minute, through the abilities that the API calls. */
export async function visitAsItShould(
  rooms: Pick<BenchRooms, 'get'>,
  clock: ManualClock,
  bankId: string,
  people: { coordinator: VisitMember; volunteer: VisitMember; client: VisitMember },
): Promise<VisitModel> {
  const { coordinator, volunteer, client } = people;
  const startsAt = clock.now();
  const [requestId, visitId] = [newId(), newId()];
  const card = (await rooms.get(IssueCard).run(coordinator.actor, bankId, client.memberId)).code;
  const wish = { clientId: client.memberId, serviceKind: 'company', startsAt: startsAt.toISOString(), minutes: visitMinutes };
  await rooms.get(PutRequest).run(coordinator.actor, bankId, requestId, wish);
  await rooms.get(PlanVisit).run(volunteer.actor, bankId, visitId, { requestId, volunteerId: volunteer.memberId });
  await rooms.get(ScanCard).run(volunteer.actor, bankId, visitId, newId(), { kind: 'in', card });
  clock.advance(visitMinutes);
  const { value } = await rooms.get(ScanCard).run(volunteer.actor, bankId, visitId, newId(), { kind: 'out', card });
  if (value.state !== 'ready' || value.lane !== 'clean') throw new Error(`the model visit is ${value.state}, ${value.lane}`);
  return { bankId, visitId, requestId, startsAt };
}

const shifted = (...columns: string[]) => Object.fromEntries(columns.map((column) => [column, `model.${column} + copy.later`]));
/** Ids of rows that hang on a visit, made from its own. */
const derived = (what: string) => `md5(copy.id::text || ${what})::uuid`;
/** The model's rows of a table with other ids, people and times. */
const copied = (table: string, whose: string, changes: Record<string, string>) => `insert into ${table}
  select laid.* from ${table} model cross join copy cross join jsonb_populate_record(model, jsonb_build_object(
    ${Object.entries(changes).map(([column, value]) => `'${column}', ${value}`)})) laid where model.${whose}`;

const visits = copied('visit', 'visit_id = $1', {
  visit_id: 'copy.id',
  hold_id: 'copy.id',
  request_id: derived(`'request'`),
  client_id: 'copy.client_id',
  volunteer_id: 'copy.volunteer_id',
  planned_by: 'copy.volunteer_id',
  ...shifted('planned_start', 'planned_end', 'captured_in', 'captured_out', 'credited_start', 'credited_end', 'created_at'),
});
const requests = copied('request', 'request_id = $2', {
  request_id: derived(`'request'`),
  client_id: 'copy.client_id',
  ...shifted('starts_at', 'ends_at', 'created_at'),
});
const scans = copied('scan_event', 'visit_id = $1', {
  event_id: derived('model.kind'),
  visit_id: 'copy.id',
  actor_id: 'copy.volunteer_id',
  ...shifted('at', 'received_at'),
});
const exceptions = copied('visit_exception', 'visit_id = $1', { visit_id: 'copy.id', ...shifted('raised_at') });

const layAll = `with copy as materialized (
    select * from unnest($3::uuid[], $4::uuid[], $5::uuid[], $6::interval[]) as copy(id, client_id, volunteer_id, later)
  ), laid_requests as (${requests}), laid_visits as (${visits}), laid_scans as (${scans})
  ${exceptions}`;

/**
 * Lays copies of a visit: every row of it that the product wrote, request, scans and what was found; the minutes are held by the
 * ledger's own ability. Set by set, since a thousand of them scanned one by one would take longer than what is measured.
 */
export async function layVisits(
  rooms: Pick<BenchRooms, 'get'>,
  database: Pick<PrivateDatabase, 'look'>,
  model: VisitModel,
  copies: readonly VisitCopy[],
): Promise<void> {
  await database.look(layAll, [
    model.visitId,
    model.requestId,
    copies.map(({ visitId }) => visitId),
    copies.map(({ client }) => client.memberId),
    copies.map(({ volunteer }) => volunteer.memberId),
    copies.map(({ startsAt }) => `${(startsAt.getTime() - model.startsAt.getTime()) / 1_000} seconds`),
  ]);
  const { bankId } = model;
  await rooms.get(UnitOfWork).run([bankId], async () => {
    for (const { visitId, client, startsAt } of copies) {
      const expiresAt = new Date(startsAt.getTime() + 30 * 86_400_000);
      await rooms.get(PlaceHold).run({ bankId, holdId: visitId, accountId: client.accountId, minutes: visitMinutes, expiresAt });
    }
  });
}
