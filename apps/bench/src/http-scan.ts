import { createHash } from 'node:crypto';
import { spawn } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { newId } from '@timebank/kernel';
import { ApiProcess, measuringKey } from './api-process';
import { HttpCaller } from './http-caller';
import { latencyOf, rateOf } from './load';
import { PrivateDatabase } from './private-database';
import { type Measurement, summarise } from './report';
import { recordScan, type ScanFields } from './scan-recording';
import { cityAdmin, foundSmallCity, planVisit, type SmallCity } from './small-city';

type PlannedScan = { visitId: string; volunteer: SmallCity['volunteers'][number]; client: SmallCity['clients'][number] };

const connections = 16;
const volunteers = 30;
const clients = 10;

/** Visits of 30 minutes side by side from now on, so that no volunteer has two at once. */
async function planScans(caller: HttpCaller, city: SmallCity, count: number): Promise<PlannedScan[]> {
  const scans: PlannedScan[] = [];
  const now = Date.now();
  const plan = async (index: number) => {
    const volunteer = city.volunteers[index % volunteers] as PlannedScan['volunteer'];
    const client = city.clients[index % clients] as PlannedScan['client'];
    const startsAt = new Date(now + Math.floor(index / volunteers) * 31 * 60_000);
    scans.push({ visitId: await planVisit(caller, city, volunteer, client, startsAt), volunteer, client });
  };
  for (let index = 0; index < count; index += connections) {
    await Promise.all(Array.from({ length: Math.min(connections, count - index) }, (_, offset) => plan(index + offset)));
  }
  return scans;
}

function fieldsOf(city: SmallCity, scan: PlannedScan, eventId: string): ScanFields {
  return {
    texts: { bankId: city.bankId, visitId: scan.visitId, eventId, volunteerId: scan.volunteer.memberId, clientId: scan.client.memberId },
    bytes: { tokenHash: createHash('sha256').update(scan.volunteer.token).digest('hex') },
  };
}

async function startFloor(databaseUrl: string, statementsFile: string): Promise<{ origin: string; end(): void }> {
  const child = spawn(process.execPath, ['dist/apps/bench/main.js', 'floor', databaseUrl, statementsFile], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const port = await new Promise<number>((found, failed) => {
    child.once('exit', () => failed(new Error('the floor ended before it listened')));
    createInterface({ input: child.stdout }).on('line', (line) => found((JSON.parse(line) as { port: number }).port));
  });
  return { origin: `http://127.0.0.1:${port}`, end: () => child.kill('SIGTERM') };
}

type Send = (scan: PlannedScan) => Promise<void>;
type Race = {
  api: ApiProcess;
  caller: HttpCaller;
  city: SmallCity;
  statements: number;
  take: () => PlannedScan[];
  throughApi: Send;
  throughFloor: Send;
};

/** Opens a city with `count` planned visits, the API and the floor in front of one database, for as long as `body` runs. */
async function withRace<Result>(count: number, perRound: number, body: (race: Race) => Promise<Result>): Promise<Result> {
  const database = await PrivateDatabase.open();
  const folder = mkdtempSync(join(tmpdir(), 'timebank-floor-'));
  const api = await ApiProcess.start({ databaseUrl: database.url, admin: cityAdmin });
  const caller = new HttpCaller(api.origin);
  try {
    const city = await foundSmallCity(caller, { volunteers, clients, grantMinutes: 90_000 });
    const planned = await planScans(caller, city, count + 1);
    await database.analyze();
    const scanPath = (scan: PlannedScan, eventId: string) => `/api/banks/${city.bankId}/visits/${scan.visitId}/scans/${eventId}`;
    const bodyOf = (scan: PlannedScan) => ({ kind: 'in', card: scan.client.cardToken });

    const model = planned.shift() as PlannedScan;
    const eventId = newId();
    const fields = fieldsOf(city, model, eventId);
    const statements = await recordScan(database.url, measuringKey, scanPath(model, eventId), model.volunteer.token, bodyOf(model), fields);
    const file = join(folder, 'statements.json');
    writeFileSync(file, JSON.stringify(statements));
    const floor = await startFloor(database.url, file);
    const floorCaller = new HttpCaller(floor.origin);
    try {
      return await body({
        api,
        caller,
        city,
        statements: statements.length,
        take: () => planned.splice(0, perRound),
        throughApi: async (scan) => {
          await caller.must('PUT', scanPath(scan, newId()), bodyOf(scan), scan.volunteer.token);
        },
        throughFloor: async (scan) => {
          const { texts, bytes } = fieldsOf(city, scan, newId());
          await floorCaller.must('POST', '/scan', { ...texts, ...bytes });
        },
      });
    } finally {
      floor.end();
      floorCaller.close();
    }
  } finally {
    caller.close();
    await api.end();
    await database.close();
    rmSync(folder, { recursive: true, force: true });
  }
}

/** The API's memory after `minutes` of what phones and desks ask for most, four callers at once. */
async function memoryAfter({ api, caller, city }: Race, minutes: number): Promise<Measurement> {
  const base = `/api/banks/${city.bankId}`;
  const client = city.clients[0] as SmallCity['clients'][number];
  const reads = [
    '/visits?limit=50',
    '/requests?state=open',
    '/queue',
    `/accounts/${client.accountId}/entries`,
    `/accounts/${client.accountId}/statement.csv`,
  ];
  const until = performance.now() + minutes * 60_000;
  let answered = 0;
  const ask = async () => {
    for (; performance.now() < until; answered += 1)
      await caller.must('GET', base + reads[answered % reads.length], undefined, city.coordinatorToken);
  };
  await Promise.all(Array.from({ length: 4 }, ask));
  return { value: api.residentMebibytes(), note: `resident, after the scans and ${minutes} min of reading (${answered} answers)` };
}

/**
 * Scans in through the API, as a ratio to a bare server that runs the same SQL: both on one database, in turns, over 16
 * connections each; then at half the floor's rate, in an open loop, how long an answer takes. Returns the ratio, and the API's memory after so many minutes of reading.
 */
export async function measureScans(
  rounds: number,
  scansPerRound: number,
  minutesOfReading: number | null,
): Promise<{ scan: Measurement; memory: Measurement | null }> {
  const perTurn = scansPerRound / 2;
  return withRace((4 * rounds + 4) * perTurn, perTurn, async (race) => {
    const { take, throughApi, throughFloor } = race;
    await rateOf(take(), connections, throughApi);
    await rateOf(take(), connections, throughFloor);
    const ratios: number[] = [];
    const rates: string[] = [];
    let floorRate = 0;
    for (let round = 0; round < rounds; round += 1) {
      // In the order A F F A, so that a machine that slows down or a checkpoint meets both alike.
      const inTurn = [throughApi, throughFloor, throughFloor, throughApi];
      const seconds: number[] = [];
      for (const send of inTurn) {
        const half = take();
        seconds.push(half.length / (await rateOf(half, connections, send)));
      }
      const [first = 1, second = 1, third = 1, fourth = 1] = seconds;
      const apiRate = (2 * perTurn) / (first + fourth);
      floorRate = (2 * perTurn) / (second + third);
      ratios.push(apiRate / floorRate);
      rates.push(`${Math.round(apiRate)}/${Math.round(floorRate)}`);
    }
    const openRate = Math.round(floorRate / 2);
    const [api, floor] = [await latencyOf(take(), openRate, throughApi), await latencyOf(take(), openRate, throughFloor)];
    const { median, text } = summarise(ratios);
    const open = `open loop at ${openRate}/s, p50/p95 ms: API ${api.p50}/${api.p95}, floor ${floor.p50}/${floor.p95}, dropped ${api.dropped}/${floor.dropped}`;
    const scan = {
      value: Number(median.toFixed(2)),
      note: `${text}; scans/s API/floor ${rates.join(', ')}, ${race.statements} statements each; ${open}`,
    };
    return { scan, memory: minutesOfReading === null ? null : await memoryAfter(race, minutesOfReading) };
  });
}
