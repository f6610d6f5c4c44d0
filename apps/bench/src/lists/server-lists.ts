import { AccessModule } from '@timebank/access';
import { BanksModule } from '@timebank/banks';
import { UnitOfWork } from '@timebank/database';
import { HoursModule, ListAccounts } from '@timebank/hours';
import { RunningClock } from '@timebank/kernel';
import { LedgerModule } from '@timebank/ledger';
import { ListMembers, MembersModule } from '@timebank/members';
import { ListRequests, RequestsModule } from '@timebank/requests';
import { ListVisits, ReadQueue, VisitsModule } from '@timebank/visits';
import { measuringKey } from '../api-process';
import { type BenchRooms, openRooms } from '../bench-rooms';
import { spreadOf } from '../load';
import type { Measurement } from '../report';
import type { GrownBank } from '../grown-city';
import type { ListedBank } from './listed-bank';

const [page, lane] = [100, 200];

type Reading = { name: string; beside: string; run: () => Promise<unknown> };

/** As many rows in the order of an index and nothing else, through the same door to Postgres. */
function plainReads(rooms: BenchRooms, bankId: string): Reading[] {
  const unit = rooms.get(UnitOfWork);
  const plain = (name: string, table: string, order: string, rows: number): Reading => ({
    name,
    beside: name,
    run: () =>
      unit.run([bankId], () => unit.query(`select * from ${table} where bank_id = $1 order by ${order} limit $2`, [bankId, rows + 1])),
  });
  return [
    plain('plain members', 'member', 'name, birth_date', page),
    plain('plain visits', 'visit', 'planned_start, visit_id', page),
    plain('plain requests', 'request', 'starts_at, request_id', page),
    plain('plain lane', 'visit', 'planned_start, visit_id', lane),
  ];
}

/** Every order and filter that a list of the desk has, and what is counted for it. */
export function listReads(rooms: Pick<BenchRooms, 'get'>, { bankId, coordinator: { actor } }: GrownBank): Reading[] {
  const [members, visits, requests] = [rooms.get(ListMembers), rooms.get(ListVisits), rooms.get(ListRequests)];
  const [accounts, queue] = [rooms.get(ListAccounts), rooms.get(ReadQueue)];
  const [limit, count] = [page, 'yes' as const];
  const of = (beside: string, name: string, run: Reading['run']): Reading => ({ name, beside: `plain ${beside}`, run });
  return [
    of('members', 'by name', () => members.run(bankId, { limit })),
    of('members', 'newest', () => members.run(bankId, { limit, sort: 'newest' })),
    of('members', 'counted', () => members.run(bankId, { limit, count })),
    ...(['client', 'volunteer', 'proxy', 'coordinator', 'auditor'] as const).flatMap((role) => [
      of('members', role, () => members.run(bankId, { limit, role })),
      of('members', `newest ${role}`, () => members.run(bankId, { limit, role, sort: 'newest' })),
    ]),
    of('members', 'volunteer counted', () => members.run(bankId, { limit, role: 'volunteer', count })),
    of('visits', 'visits newest', () => visits.run(actor, bankId, { limit, sort: 'newest' })),
    of('visits', 'visits next', () => visits.run(actor, bankId, { limit, sort: 'next' })),
    of('visits', 'visits counted', () => visits.run(actor, bankId, { limit, sort: 'newest', count })),
    ...(['approved', 'needs_fix', 'no_show'] as const).map((state) =>
      of('visits', `visits ${state}`, () => visits.run(actor, bankId, { limit, sort: 'newest', state })),
    ),
    of('visits', 'visits of a kind', () => visits.run(actor, bankId, { limit, sort: 'newest', serviceKind: 'meal' })),
    of('requests', 'requests newest', () => requests.run(actor, bankId, { limit, sort: 'newest' })),
    of('requests', 'requests next', () => requests.run(actor, bankId, { limit, sort: 'next' })),
    of('requests', 'requests counted', () => requests.run(actor, bankId, { limit, sort: 'newest', count })),
    of('requests', 'requests served', () => requests.run(actor, bankId, { limit, sort: 'newest', state: 'served' })),
    of('requests', 'requests lapsed', () => requests.run(actor, bankId, { limit, sort: 'newest', state: 'lapsed' })),
    of('members', 'accounts', () => accounts.run(bankId, { limit })),
    of('members', 'accounts of members', () => accounts.run(bankId, { limit, kind: 'member' })),
    of('members', 'accounts of the fund', () => accounts.run(bankId, { limit, kind: 'fund' })),
    of('lane', 'lane', () => visits.run(actor, bankId, { limit: lane, state: 'ready', waiting: 'any' })),
    of('lane', 'lane of a kind', () => visits.run(actor, bankId, { limit: lane, state: 'ready', waiting: 'any', serviceKind: 'meal' })),
    of('lane', 'queue', () => queue.run(actor, bankId)),
  ];
}

export const roomsOfLists = [
  AccessModule.forRoot({ secretKey: measuringKey }),
  LedgerModule,
  BanksModule,
  MembersModule,
  RequestsModule,
  HoursModule,
  VisitsModule.forRoot({ origin: 'http://127.0.0.1', originIsPublic: false }),
];

/** How often each is read, by turns with all the others; more than Postgres needs to settle on a plan. */
const turns = 21;
const warmUps = 8;

/** The worst list of the desk ÷ a plain read of as many rows by an index, medians of the same run. */
export async function measureServerLists(bank: ListedBank): Promise<Measurement> {
  const rooms = await openRooms(bank.database.url, new RunningClock(), roomsOfLists);
  try {
    const reads = [...plainReads(rooms, bank.bankId), ...listReads(rooms, bank)];
    const times = new Map(reads.map(({ name }): [string, number[]] => [name, []]));
    for (let turn = 0; turn < warmUps + turns; turn += 1) {
      for (const { name, run } of reads) {
        const startedAt = performance.now();
        await run();
        if (turn >= warmUps) times.get(name)?.push(performance.now() - startedAt);
      }
    }
    const half = (name: string) => spreadOf(times.get(name) ?? []).p50;
    const ratios = reads.map(({ name, beside }) => ({ name, ratio: half(name) / half(beside) }));
    const said = ratios.map(({ name, ratio }) => `${name} ${ratio.toFixed(2)} (${half(name)} ms)`);
    return { value: Number(Math.max(...ratios.map(({ ratio }) => ratio)).toFixed(2)), note: `÷ a plain read: ${said.join(', ')}` };
  } finally {
    await rooms.close();
  }
}
