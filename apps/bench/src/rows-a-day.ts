import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ChangeSignIn } from '@timebank/access';
import { CheckpointsModule, SealCheckpoints } from '@timebank/ledger';
import { DeliverNotices, NoticesModule } from '@timebank/notices';
import { openCity, startTestServer, stopTestServer, type TestCity, type TestDay, type TestPerson } from '@timebank/testing';
import type { Measurement, Progress } from './report';

type Size = { rows: number; bytes: number };

const hoursADay = 10;
const pairsAnHour = 2;

/** Every table with its rows, and its bytes with indexes and long values, packed: what updates leave behind comes on top until it is used again. */
async function sizesOf(city: TestCity): Promise<Map<string, Size>> {
  const { query } = city.rooms.database;
  await query('vacuum full');
  const tables = await query<{ name: string; bytes: string }>(
    `select relname as name, pg_total_relation_size(oid) as bytes from pg_class where relkind = 'r' and relnamespace = 'public'::regnamespace`,
  );
  const sizes = new Map<string, Size>();
  for (const { name, bytes } of tables) {
    const { rows } = await city.one<{ rows: string }>(`select count(*) as rows from ${name}`, []);
    sizes.set(name, { rows: Number(rows), bytes: Number(bytes) });
  }
  return sizes;
}

/** Pairs who meet once a day at their hour; what people and banks themselves need is laid before anything is counted. */
class BusyDays {
  private readonly pairs: TestDay[] = [];

  constructor(
    private readonly city: TestCity,
    private readonly coordinator: TestPerson,
    private readonly colleague: TestPerson,
  ) {}

  async begin(): Promise<void> {
    this.city.at(0);
    for (let pair = 0; pair < hoursADay * pairsAnHour; pair += 1) {
      const [volunteer, client] = [await this.city.person('volunteer'), await this.city.client(1_200)];
      this.pairs.push({
        volunteer,
        client,
        card: await this.city.card(this.coordinator, client),
        time: (minutes) => this.city.at(minutes),
      });
    }
    // Who cannot sign in is told nothing.
    const people = [this.coordinator, this.colleague, ...this.pairs.flatMap(({ volunteer, client }) => [volunteer, client])];
    for (const [place, { actor }] of people.entries()) {
      const signInPhone = `+86138${String(place).padStart(8, '0')}`;
      await this.city.get(ChangeSignIn).run({ personId: actor.personId, signInPhone, passwordHash: null });
    }
  }

  /** Twenty visits, two at a time: asked for, taken, scanned, told of and sealed hour by hour, approved together in the evening. */
  async live(day: number): Promise<void> {
    const { city, coordinator, colleague, pairs } = this;
    const visitIds: string[] = [];
    for (let hour = 0; hour < hoursADay; hour += 1) {
      const start = day * 24 * 60 + hour * 60;
      const here = pairs.slice(hour * pairsAnHour, (hour + 1) * pairsAnHour);
      for (const { volunteer, client } of here) visitIds.push(await city.planned(coordinator, volunteer, client, city.at(start)));
      const visits = visitIds.slice(-pairsAnHour);
      for (const [place, { volunteer, card }] of here.entries()) await city.scan(volunteer, visits[place] as string, 'in', card.url);
      city.at(start + 59);
      for (const [place, { volunteer, card }] of here.entries()) await city.scan(volunteer, visits[place] as string, 'out', card.url);
      await this.settle();
    }
    const results = await city.approve(colleague, visitIds);
    if (results.some(({ outcome }) => outcome !== 'approved')) throw new Error(`not all were approved: ${JSON.stringify(results)}`);
    await this.settle();
  }

  private async settle(): Promise<void> {
    await this.city.get(DeliverNotices).run(this.city.bankId);
    await this.city.get(SealCheckpoints).run();
  }
}

const shown = (count: number) => String(Number(count.toFixed(2)));

function told(before: Map<string, Size>, after: Map<string, Size>, visits: number): Measurement {
  const grown = [...after]
    .map(([name, { rows, bytes }]) => ({
      name,
      rows: (rows - (before.get(name)?.rows ?? 0)) / visits,
      bytes: (bytes - (before.get(name)?.bytes ?? 0)) / visits,
    }))
    .filter(({ rows }) => rows > 0)
    .toSorted((left, right) => right.bytes - left.bytes);
  const bytes = grown.reduce((sum, table) => sum + table.bytes, 0);
  const tables = grown.map((table) => `${table.name} ${shown(table.rows)} rows ${Math.round(table.bytes)} bytes`).join(', ');
  return { value: Math.round(bytes), note: `each of ${visits} visits, ${hoursADay * pairsAnHour} a day, sealed every hour: ${tables}` };
}

/** What a visit adds to each table, with its share of what a day adds. */
export async function measureRows(days: number, progress: Progress): Promise<Measurement> {
  await startTestServer();
  const home = mkdtempSync(join(tmpdir(), 'timebank-rows-'));
  const places = CheckpointsModule.forRoot({ keyFolder: home, folder: join(home, 'checkpoints') });
  const city = await openCity(NoticesModule.forRoot({ driver: null }), places);
  try {
    const busy = new BusyDays(city, await city.person('coordinator'), await city.person('coordinator'));
    await busy.begin();
    await busy.live(1);
    const before = await sizesOf(city);
    for (let day = 2; day < days + 2; day += 1) {
      progress(`living day ${day - 1} of ${days}`);
      await busy.live(day);
    }
    return told(before, await sizesOf(city), days * hoursADay * pairsAnHour);
  } finally {
    await city.close();
    await stopTestServer();
    rmSync(home, { recursive: true, force: true });
  }
}
