import { newId } from '@timebank/kernel';
import { Client } from 'pg';
import { ApiProcess } from '../api-process';
import { HttpCaller } from '../http-caller';
import { PrivateDatabase } from '../private-database';
import { Random } from '../random';
import { cityAdmin, foundSmallCity, type SmallCity } from '../small-city';

export type CrashReport = {
  seed: number;
  crashes: number;
  acknowledged: number;
  retried: number;
  lost: number;
  doubled: number;
  sumMinutes: number;
};
type Victim = 'postgres' | 'api';
type Sent = { transferId: string; minutes: number };

const workers = 8;

/** Everything a crash run needs: a durable Postgres of its own and one API in front. */
class Scene {
  private constructor(
    readonly database: PrivateDatabase,
    private api: ApiProcess,
    readonly caller: HttpCaller,
    readonly city: SmallCity,
  ) {}

  static async open(): Promise<Scene> {
    const database = await PrivateDatabase.open();
    const api = await ApiProcess.start({ databaseUrl: database.url, admin: cityAdmin });
    const caller = new HttpCaller(api.origin);
    return new Scene(database, api, caller, await foundSmallCity(caller, { volunteers: 1, clients: 6, grantMinutes: 10_000 }));
  }

  async kill(victim: Victim): Promise<void> {
    if (victim === 'postgres') {
      await this.database.postgres.stop('SIGKILL');
      await this.database.postgres.start();
    } else {
      const { port } = this.api;
      await this.api.end('SIGKILL');
      this.api = await ApiProcess.start({ databaseUrl: this.database.url, port, admin: cityAdmin });
    }
  }

  async close(): Promise<void> {
    this.caller.close();
    await this.api.end();
    await this.database.close();
  }
}

/** A client that keeps its id and sends it again until it is answered, as http.md asks of everyone. */
async function donateUntilAnswered(scene: Scene, report: CrashReport, sent: Sent, client: SmallCity['clients'][number]): Promise<void> {
  const { bankId, poolAccountId } = scene.city;
  const body = { kind: 'donation', fromAccountId: client.accountId, toAccountId: poolAccountId, minutes: sent.minutes };
  for (;;) {
    const answer = await scene.caller
      .send('PUT', `/api/banks/${bankId}/transfers/${sent.transferId}`, body, client.token)
      .catch(() => null);
    if (answer !== null && (answer.status === 200 || answer.status === 201)) return;
    if (answer !== null && answer.status !== 503) throw new Error(`unexpected answer ${answer.status} ${JSON.stringify(answer.body)}`);
    report.retried += 1;
    await new Promise((again) => setTimeout(again, 20));
  }
}

/** Compares what was acknowledged with what is on disk. */
async function settle(scene: Scene, report: CrashReport, acknowledged: Sent[]): Promise<void> {
  const client = new Client({ connectionString: scene.database.superuserUrl });
  await client.connect();
  try {
    const { rows } = await client.query<{ transfer_id: string; minutes: string }>(
      `select transfer_id, minutes from transfer where kind = 'donation'`,
    );
    const onDisk = new Map<string, number[]>();
    for (const row of rows) onDisk.set(row.transfer_id, [...(onDisk.get(row.transfer_id) ?? []), Number(row.minutes)]);
    report.lost = acknowledged.filter((sent) => onDisk.get(sent.transferId)?.[0] !== sent.minutes).length;
    report.doubled = [...onDisk.values()].filter((copies) => copies.length > 1).length + Math.max(0, onDisk.size - acknowledged.length);
    const sums = await client.query<{ sum: string }>('select coalesce(sum(balance_minutes), 0) as sum from account');
    report.sumMinutes = Number(sums.rows[0]?.sum);
  } finally {
    await client.end();
  }
}

/**
 * Kills Postgres or the API with SIGKILL `crashes` times while eight clients donate minutes, each insisting on its own ids.
 * Nothing acknowledged may be lost, nothing doubled, the ledger sums to zero.
 */
export async function crashUnderLoad(victim: Victim, crashes: number, seed: number): Promise<CrashReport> {
  const report: CrashReport = { seed, crashes: 0, acknowledged: 0, retried: 0, lost: 0, doubled: 0, sumMinutes: 0 };
  const random = new Random(seed);
  const scene = await Scene.open();
  try {
    const acknowledged: Sent[] = [];
    const ending = new AbortController();
    const work = async () => {
      while (!ending.signal.aborted) {
        const sent = { transferId: newId(), minutes: 1 };
        await donateUntilAnswered(scene, report, sent, random.pick(scene.city.clients));
        acknowledged.push(sent);
      }
    };
    const load = Promise.all(Array.from({ length: workers }, work));
    load.catch(() => undefined);
    for (; report.crashes < crashes; report.crashes += 1) {
      const enough = acknowledged.length + random.integer(20, 60);
      while (acknowledged.length < enough) await Promise.race([load, new Promise((again) => setTimeout(again, random.integer(1, 15)))]);
      await scene.kill(victim);
    }
    ending.abort();
    await load;
    report.acknowledged = acknowledged.length;
    await settle(scene, report, acknowledged);
    return report;
  } finally {
    await scene.close();
  }
}
