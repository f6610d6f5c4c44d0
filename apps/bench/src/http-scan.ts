import { createHash } from 'node:crypto';
import { spawn } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { newId } from '@timebank/kernel';
import { ApiProcess, measuringKey } from './api-process';
import { HttpCaller } from './http-caller';
import { PrivateDatabase } from './private-database';
import { type Measured, summarise } from './report';
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

/** Sends all of `items` over 16 connections and answers how many a second were answered. */
async function rateOf<Item>(items: readonly Item[], send: (item: Item) => Promise<void>): Promise<number> {
  let next = 0;
  const startedAt = process.hrtime.bigint();
  const work = async () => {
    while (next < items.length) {
      const item = items[next] as Item;
      next += 1;
      await send(item);
    }
  };
  await Promise.all(Array.from({ length: connections }, work));
  return items.length / (Number(process.hrtime.bigint() - startedAt) / 1e9);
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

/**
 * Scans in through the API, as a ratio to a bare server that runs the same SQL: both on one database, in turns, over 16
 * connections each. Returns the ratio, the API's memory after it, and how they were measured.
 */
export async function measureScans(rounds: number, scansPerRound: number): Promise<{ scan: Measured; memory: Measured }> {
  const database = await PrivateDatabase.open();
  const api = await ApiProcess.start({ databaseUrl: database.url, admin: cityAdmin });
  const caller = new HttpCaller(api.origin);
  const folder = mkdtempSync(join(tmpdir(), 'timebank-floor-'));
  try {
    const city = await foundSmallCity(caller, { volunteers, clients, grantMinutes: 90_000 });
    const planned = await planScans(caller, city, (2 * rounds + 2) * scansPerRound + 1);
    const take = () => planned.splice(0, scansPerRound);
    const scanPath = (scan: PlannedScan, eventId: string) => `/api/banks/${city.bankId}/visits/${scan.visitId}/scans/${eventId}`;
    const bodyOf = (scan: PlannedScan) => ({ kind: 'in', card: scan.client.cardToken });

    const model = planned.shift() as PlannedScan;
    const modelEvent = newId();
    const statements = await recordScan(
      database.url,
      measuringKey,
      scanPath(model, modelEvent),
      model.volunteer.token,
      bodyOf(model),
      fieldsOf(city, model, modelEvent),
    );
    const file = join(folder, 'statements.json');
    writeFileSync(file, JSON.stringify(statements));
    const floor = await startFloor(database.url, file);
    const floorCaller = new HttpCaller(floor.origin);

    const throughApi = () =>
      rateOf(take(), async (scan) => {
        await caller.must('PUT', scanPath(scan, newId()), bodyOf(scan), scan.volunteer.token);
      });
    const throughFloor = () =>
      rateOf(take(), async (scan) => {
        const { texts, bytes } = fieldsOf(city, scan, newId());
        await floorCaller.must('POST', '/scan', { ...texts, ...bytes });
      });
    await throughApi();
    await throughFloor();
    const ratios: number[] = [];
    const rates: string[] = [];
    for (let round = 0; round < rounds; round += 1) {
      const [apiRate, floorRate] = [await throughApi(), await throughFloor()];
      ratios.push(apiRate / floorRate);
      rates.push(`${Math.round(apiRate)}/${Math.round(floorRate)}`);
    }
    floor.end();
    floorCaller.close();
    const { median, text } = summarise(ratios);
    return {
      scan: {
        value: Number(median.toFixed(2)),
        note: `${text}; scans/s, API/floor: ${rates.join(', ')}; ${statements.length} statements a scan, ${connections} connections`,
      },
      memory: {
        value: api.residentMebibytes(),
        note: `after ${planned.length === 0 ? '' : 'at least '}${(rounds + 1) * scansPerRound} scans and their planning`,
      },
    };
  } finally {
    caller.close();
    await api.end();
    await database.close();
    rmSync(folder, { recursive: true, force: true });
  }
}
