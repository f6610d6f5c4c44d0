import { AccessModule, type Actor } from '@timebank/access';
import { BanksModule } from '@timebank/banks';
import { CareModule, ForYou, RankCandidates } from '@timebank/care';
import { UnitOfWork } from '@timebank/database';
import { ManualClock } from '@timebank/kernel';
import { LedgerModule } from '@timebank/ledger';
import { MembersModule } from '@timebank/members';
import { RequestsModule } from '@timebank/requests';
import { VisitsModule } from '@timebank/visits';
import { measuringKey } from '../api-process';
import { type BenchRooms, openRooms } from '../bench-rooms';
import { spreadOf } from '../load';
import { PrivateDatabase } from '../private-database';
import type { Measurement, Progress } from '../report';
import { layMatchedCity, type MatchedBank, type MatchedSize } from './matched-city';

const roomsOfMatching = [
  AccessModule.forRoot({ secretKey: measuringKey }),
  LedgerModule,
  BanksModule,
  MembersModule,
  RequestsModule,
  CareModule.forRoot(VisitsModule.forRoot({ origin: 'http://127.0.0.1', originIsPublic: false })),
];

const whole: MatchedSize = { banks: 1, volunteers: 100_000, clients: 5_000, requests: 10_000 };
const [warmUps, turns, shown] = [6, 40, 20];
const patience = 60_000;

type Reading = { name: string; run: (turn: number) => Promise<unknown> };

/** A list for a request and requests for a volunteer, each beside a plain read by an index of as many rows as pass its hard filter. */
function readings(rooms: BenchRooms, banks: readonly MatchedBank[], requests: number): Reading[] {
  const unit = rooms.get(UnitOfWork);
  const bankOf = (turn: number) => banks[turn % banks.length] as MatchedBank;
  const plain = (table: string, key: string, bankId: string, rows: number) =>
    unit.run([bankId], () => unit.query(`select * from ${table} where bank_id = $1 order by ${key} limit $2`, [bankId, rows]));
  const volunteer = (bankId: string, memberId: string): Actor => ({ personId: memberId, roles: [{ role: 'volunteer', bankId, memberId }] });
  const pick = (ids: readonly string[], turn: number) => ids[(turn * 7) % ids.length] as string;
  return [
    {
      name: 'candidates',
      run: (turn) => rooms.get(RankCandidates).list(bankOf(turn).bankId, pick(bankOf(turn).requestIds, turn), shown),
    },
    { name: 'plain members', run: (turn) => plain('member', 'member_id', bankOf(turn).bankId, bankOf(turn).ableVolunteers) },
    {
      name: 'for you',
      run: (turn) => rooms.get(ForYou).run(volunteer(bankOf(turn).bankId, pick(bankOf(turn).volunteerIds, turn)), 10),
    },
    { name: 'plain requests', run: (turn) => plain('request', 'starts_at, request_id', bankOf(turn).bankId, requests / banks.length) },
  ];
}

async function measureCity(size: MatchedSize, progress: Progress): Promise<{ worst: number; note: string }> {
  progress(`laying ${size.volunteers} volunteers and ${size.requests} open requests in ${size.banks} banks`);
  const database = await PrivateDatabase.open();
  const clock = new ManualClock(new Date('2026-03-02T01:00:00Z'));
  const rooms = await openRooms(database.url, clock, roomsOfMatching);
  try {
    const banks = await layMatchedCity(rooms, database.superuserUrl, size, clock.now());
    await database.look('vacuum (analyze)');
    progress('ranking');
    const reads = readings(rooms, banks, size.requests);
    const times = new Map(reads.map(({ name }): [string, number[]] => [name, []]));
    for (let turn = 0; turn < warmUps + turns; turn += 1) {
      for (const { name, run } of reads) {
        const startedAt = performance.now();
        await run(turn);
        if (turn >= warmUps) times.get(name)?.push(performance.now() - startedAt);
      }
    }
    const slow = (name: string) => spreadOf(times.get(name) ?? [], patience).p95;
    const [candidates, forYou] = [slow('candidates') / slow('plain members'), slow('for you') / slow('plain requests')];
    const said = (name: string, beside: string, ratio: number) => `${name} ${ratio.toFixed(2)} (${slow(name)} ÷ ${slow(beside)} ms)`;
    return {
      worst: Math.max(candidates, forYou),
      note: `${size.banks} banks: ${said('candidates', 'plain members', candidates)}, ${said('for you', 'plain requests', forYou)}`,
    };
  } finally {
    await rooms.close();
    await database.close();
  }
}

/** The p95 of a ranked list ÷ that of a plain read of as many rows as its hard filter leaves, in one bank and in a hundred; the worst counts. */
export async function measureMatching(progress: Progress): Promise<Measurement> {
  const found = [await measureCity(whole, progress), await measureCity({ ...whole, banks: 100 }, progress)];
  return { value: Number(Math.max(...found.map(({ worst }) => worst)).toFixed(2)), note: found.map(({ note }) => note).join('; ') };
}
