import { AccessModule, type Actor, type ActorRole, GrantRole, SignIn } from '@timebank/access';
import { BanksModule, PutBank } from '@timebank/banks';
import { deriveId } from '@timebank/database';
import { ManualClock, newId } from '@timebank/kernel';
import { LedgerModule, PostTransfers } from '@timebank/ledger';
import { MembersModule, PutMember } from '@timebank/members';
import { PutRequest, RequestsModule } from '@timebank/requests';
import { DecideVisits, PlanVisit, VisitsModule } from '@timebank/visits';
import { Client } from 'pg';
import { measuringKey } from './api-process';
import { type BenchRooms, openRooms } from './bench-rooms';
import { layingTools, type Columns, type LayingStep, type ModelRows, openingMinutes, rounds, stepsOfBank, takeSeats } from './grown-rows';
import type { Progress } from './report';
import { visitAsItShould, visitMinutes, type VisitMember } from './visit-model';

/** How many banks, laid members in each, and volunteers with a day before them among all banks. */
export type CitySize = { banks: number; members: number; volunteers: number; waitsEvery?: number };
type Steps = typeof stepsOfBank;
type Founder = VisitMember & { token: string };
export type GrownBank = { bankId: string; coordinator: Founder; volunteers: Founder[] };
type Where = { url: string; superuserUrl: string };
type Laying = { rooms: BenchRooms; clock: ManualClock; now: Date; size: CitySize; where: Where; progress: Progress; stepsOf: Steps };

const day = 86_400_000;
const years = 2 * 365 * day;
const visitsOfDay = 3;
/** Sessions that lay banks side by side; two keep a bank's indexes within the server's own memory. */
const layers = 2;

/** Somebody who can sign in, registered as anyone is. */
async function register(
  { rooms }: Laying,
  bankId: string,
  phone: number,
  roles: ('volunteer' | 'client' | 'coordinator')[],
): Promise<Founder> {
  const memberId = newId();
  const signIn = { phone: String(phone), password: `measuring-${phone}` };
  const ofMember = roles.filter((role) => role !== 'coordinator');
  const person = {
    name: `Founder ${phone}`,
    birthDate: '1950-01-01',
    roles: ofMember.length > 0 ? ofMember : ['volunteer' as const],
    ...signIn,
  };
  const { value } = await rooms.get(PutMember).run(bankId, memberId, person);
  for (const role of roles) await rooms.get(GrantRole).run({ personId: memberId, bankId, role, memberId });
  const actor: Actor = { personId: memberId, roles: roles.map((role): ActorRole => ({ role, bankId, memberId })) };
  return { memberId, accountId: value.accountId, actor, token: (await rooms.get(SignIn).run(signIn)).token };
}

/** Banks with a coordinator each, and the volunteers who are asked about, spread over them. */
async function foundBanks(laying: Laying): Promise<GrownBank[]> {
  const { banks: count, volunteers } = laying.size;
  const banks: GrownBank[] = [];
  for (let place = 0; place < count; place += 1) {
    const bankId = newId();
    await laying.rooms.get(PutBank).run(bankId, { name: `Bank ${place + 1}`, phone: '025-88880000', timeZone: 'Asia/Shanghai' });
    banks.push({ bankId, coordinator: await register(laying, bankId, 13_800_000_000 + place, ['coordinator']), volunteers: [] });
  }
  for (let index = 0; index < volunteers; index += 1) {
    const bank = banks[Math.floor((index * count) / volunteers)] as GrownBank;
    bank.volunteers.push(await register(laying, bank.bankId, 13_900_000_001 + index, ['volunteer']));
  }
  return banks;
}

/** An opening, a visit that was approved and paid, one that waits, and an open request: everything that is copied. */
async function liveModel(laying: Laying, { bankId, coordinator }: GrownBank): Promise<ModelRows> {
  const { rooms, clock, now } = laying;
  const client = await register(laying, bankId, 13_700_000_001, ['volunteer', 'client']);
  const volunteer = await register(laying, bankId, 13_700_000_002, ['volunteer', 'client']);
  const openingId = newId();
  const [opening] = await rooms.get(PostTransfers).run([
    {
      bankId,
      transferId: openingId,
      debitAccountId: deriveId(bankId, 'issuance'),
      creditAccountId: client.accountId,
      minutes: openingMinutes,
      kind: 'opening',
      class: null,
      visitId: null,
      reversesId: null,
      memoCode: null,
      actorId: coordinator.memberId,
      effectiveAt: clock.now(),
      holdId: null,
      overflow: null,
      cover: null,
    },
  ]);
  if (opening?.outcome !== 'posted') throw new Error(`the opening was ${opening?.outcome}`);
  const people = { coordinator, volunteer, client };
  clock.set(new Date(now.getTime() - 30 * day));
  const done = await visitAsItShould(rooms, clock, bankId, people);
  const decision = { visitIds: [done.visitId], decision: 'approve' as const };
  const { results } = (await rooms.get(DecideVisits).run(coordinator.actor, bankId, newId(), decision)).value;
  const paymentId = results[0]?.transferId;
  if (results[0]?.outcome !== 'approved' || !paymentId) throw new Error(`the model visit was ${JSON.stringify(results[0])}`);
  clock.set(new Date(now.getTime() - 2 * day));
  const waiting = await visitAsItShould(rooms, clock, bankId, people);
  clock.set(now);
  const openRequestId = await ask(laying, bankId, coordinator, client.memberId, new Date(now.getTime() + day));
  const { memberId, accountId } = client;
  return { bankId, memberId, accountId, openingId, doneVisitId: done.visitId, paymentId, waitingVisitId: waiting.visitId, openRequestId };
}

async function ask({ rooms }: Laying, bankId: string, coordinator: Founder, clientId: string, startsAt: Date): Promise<string> {
  const requestId = newId();
  const wish = { clientId, serviceKind: 'company', startsAt: startsAt.toISOString(), minutes: visitMinutes };
  await rooms.get(PutRequest).run(coordinator.actor, bankId, requestId, wish);
  return requestId;
}

async function readColumns(client: Client): Promise<Columns> {
  const { rows } = await client.query<{ name: string; columns: string[] }>(
    `select table_name::text as name, array_agg(column_name::text order by ordinal_position) as columns
       from information_schema.columns where table_schema = 'public' and is_generated = 'NEVER' group by table_name`,
  );
  return new Map(rows.map(({ name, columns }) => [name, columns]));
}

/** One bank in one transaction; answers how many rows it wrote. */
async function layBank(client: Client, laying: Laying, bank: GrownBank, place: number, steps: readonly LayingStep[]): Promise<number> {
  const { now, size } = laying;
  await client.query('begin; truncate town, seat');
  await client.query(
    `insert into town select bank.bank_id, $2, $3, $4, $5, $6, bank_number, last_member_serial, issuance_account_id, account.version, balance_minutes, $7
       from bank join account on account.bank_id = bank.bank_id and account_id = issuance_account_id where bank.bank_id = $1`,
    [
      bank.bankId,
      place,
      size.members,
      bank.coordinator.memberId,
      new Date(now.getTime() - years + day),
      new Date(now.getTime() - day),
      size.waitsEvery ?? 100,
    ],
  );
  await client.query(takeSeats);
  await client.query('analyze town, seat');
  let written = 0;
  for (const { what, sql } of steps) {
    const { rowCount } = await client.query(sql).catch((error: Error) => {
      throw new Error(`${what} was not laid: ${error.message}`);
    });
    written += rowCount ?? 0;
  }
  await client.query('commit');
  return written;
}

/** Lays every bank; no trigger and no foreign key looks at the rows, which is why a superuser does it. */
async function layBanks(laying: Laying, banks: readonly GrownBank[], model: ModelRows): Promise<void> {
  const { where, size, progress, stepsOf } = laying;
  const startedAt = performance.now();
  let [next, laid, written] = [0, 0, 0];
  const lay = async () => {
    const client = new Client({ connectionString: where.superuserUrl });
    await client.connect();
    try {
      await client.query(`set session_replication_role = replica; set work_mem = '128MB'; ${layingTools}`);
      const steps = stepsOf(await readColumns(client), model);
      while (next < banks.length) {
        const place = next;
        next += 1;
        const rows = await layBank(client, laying, banks[place] as GrownBank, place, steps);
        written += rows;
        laid += 1;
        const rate = Math.round(written / ((performance.now() - startedAt) / 1_000));
        if (laid % 10 === 0 || laid === banks.length) progress(`${laid} of ${banks.length} banks of ${size.members} laid, ${rate} rows/s`);
      }
    } catch (error) {
      // The other session need not finish what is of no use any more.
      next = banks.length;
      throw error;
    } finally {
      await client.end();
    }
  };
  await Promise.all(Array.from({ length: layers }, lay));
}

/** Each volunteer's next hours: visits at people who were laid, asked for and taken through the abilities. */
async function planDays(laying: Laying, banks: readonly GrownBank[]): Promise<void> {
  const { rooms, now, where } = laying;
  const client = new Client({ connectionString: where.superuserUrl });
  await client.connect();
  try {
    for (const { bankId, coordinator, volunteers } of banks.filter((bank) => bank.volunteers.length > 0)) {
      const { rows } = await client.query<{ member_id: string }>(
        `select owner_id as member_id from account where bank_id = $1 and kind = 'member' and version = $2 and held_out_minutes = 0 order by account_id limit $3`,
        [bankId, 2 * rounds + 1, visitsOfDay * volunteers.length],
      );
      for (const [index, { member_id: clientId }] of rows.entries()) {
        const volunteer = volunteers[Math.floor(index / visitsOfDay)] as Founder;
        const startsAt = new Date(now.getTime() + (1 + 2 * (index % visitsOfDay)) * 3_600_000);
        const requestId = await ask(laying, bankId, coordinator, clientId, startsAt);
        await rooms.get(PlanVisit).run(volunteer.actor, bankId, newId(), { requestId, volunteerId: volunteer.memberId });
      }
    }
  } finally {
    await client.end();
  }
}

/**
 * A city that has grown for two years. Banks, coordinators, the volunteers asked about and one member's whole story come about through
 * the abilities that the API calls; then every row of that story is copied, bank by bank inside Postgres, once for each laid member: person,
 * sign-in, roles, account, an opening and nineteen services, of which one has its visit with request, scans, hold and approval; and for every
 * hundred members two open requests and a visit that waits. Versions, balances and moments of the entries follow each other as the ledger
 * would have them, but the hashes are made-up bytes, so that the audit of the chains finds fault. Left out is what no reading here
 * comes upon: the visits of the other eighteen services, cards, notices and the outbox.
 */
export async function layGrownCity(
  where: Where,
  size: CitySize,
  now: Date,
  progress: Progress,
  stepsOf: Steps = stepsOfBank,
): Promise<GrownBank[]> {
  const clock = new ManualClock(new Date(now.getTime() - years));
  const rooms = await openRooms(where.url, clock, [
    AccessModule.forRoot({ secretKey: measuringKey }),
    LedgerModule,
    BanksModule,
    MembersModule,
    RequestsModule,
    VisitsModule.forRoot({ origin: 'http://127.0.0.1', originIsPublic: false }),
  ]);
  const laying: Laying = { rooms, clock, now, size, where, progress, stepsOf };
  try {
    const banks = await foundBanks(laying);
    const model = await liveModel(laying, banks[0] as GrownBank);
    await layBanks(laying, banks, model);
    await planDays(laying, banks);
    return banks;
  } finally {
    await rooms.close();
  }
}

/** Accounts of laid members, drawn all over the city. */
export const drawnAccounts = `select bank_id as "bankId", account_id as "accountId" from account
  where kind = 'member' and version = ${2 * rounds + 1} order by md5(account_id::text) limit $1`;
