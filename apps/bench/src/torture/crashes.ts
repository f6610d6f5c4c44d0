import { newId } from '@timebank/kernel';
import type { Posting } from '@timebank/ledger';
import { Random } from '../random';
import type { SmallCity } from '../small-city';
import { CrashScene, type Victim } from './crash-scene';
import { tellProgress } from './progress';

export type CrashReport = {
  seed: number;
  crashes: number;
  /** Over HTTP, and through the group-commit writer. */
  acknowledged: number;
  written: number;
  retried: number;
  lost: number;
  doubled: number;
  sumMinutes: number;
  /** What the audit found after the crashes, chains of hashes included. */
  faults: number;
};
type SentDonation = { transferId: string; minutes: number };
type Run = { scene: CrashScene; random: Random; report: CrashReport; acknowledged: SentDonation[]; ending: AbortController };

const donors = 8;
const writers = 4;
const burst = 5;
const pause = (milliseconds: number) => new Promise((again) => setTimeout(again, milliseconds));

/** A client that keeps its id and sends it again until it is answered, as the API asks of everyone. */
async function donateUntilAnswered({ scene, report }: Run, sent: SentDonation, client: SmallCity['clients'][number]): Promise<void> {
  const { bankId, poolAccountId } = scene.city;
  const body = { kind: 'donation', fromAccountId: client.accountId, toAccountId: poolAccountId, minutes: sent.minutes };
  for (;;) {
    const answer = await scene.caller
      .send('PUT', `/api/banks/${bankId}/transfers/${sent.transferId}`, body, client.token)
      .catch(() => null);
    if (answer !== null && (answer.status === 200 || answer.status === 201)) return;
    if (answer !== null && answer.status !== 503) throw new Error(`unexpected answer ${answer.status} ${JSON.stringify(answer.body)}`);
    report.retried += 1;
    await pause(60);
  }
}

/** The same through the group-commit writer of a process that may be gone. */
async function writeUntilAnswered({ scene, report }: Run, posting: Posting): Promise<void> {
  for (;;) {
    const outcome = await scene.writing.post(posting).catch(() => 'service/unavailable');
    if (outcome === 'posted' || outcome === 'repeated') return;
    if (outcome !== 'service/unavailable') throw new Error(`unexpected answer ${outcome}`);
    report.retried += 1;
    await pause(60);
  }
}

async function donate(run: Run): Promise<void> {
  while (!run.ending.signal.aborted) {
    const sent = { transferId: newId(), minutes: 1 };
    await donateUntilAnswered(run, sent, run.random.pick(run.scene.city.clients));
    run.report.acknowledged += 1;
    run.acknowledged.push(sent);
  }
}

async function write(run: Run): Promise<void> {
  while (!run.ending.signal.aborted) {
    const postings = Array.from({ length: burst }, () => run.scene.bank.service());
    await Promise.all(
      postings.map(async (posting) => {
        await writeUntilAnswered(run, posting);
        run.report.written += 1;
        run.acknowledged.push(posting);
      }),
    );
    await pause(run.random.integer(5, 20));
  }
}

/** How many of what was acknowledged before this moment is not on disk as it was sent. */
async function countLost({ scene, acknowledged }: Run, from: number): Promise<number> {
  const sent = acknowledged.slice(from);
  const [row] = await scene.database.look<{ lost: number }>(
    `select count(*)::int as lost from unnest($1::uuid[], $2::integer[]) sent (id, minutes)
      where not exists (select from transfer where transfer_id = sent.id and transfer.minutes = sent.minutes)`,
    [sent.map(({ transferId }) => transferId), sent.map(({ minutes }) => minutes)],
  );
  return row?.lost ?? sent.length;
}

/** Compares what was acknowledged in all with what is on disk. */
async function settle(run: Run): Promise<void> {
  const { scene, report, acknowledged } = run;
  report.lost += await countLost(run, 0);
  const [row] = await scene.database.look<{ rows: number; ids: number; sum: number }>(
    `select (select count(*) from transfer where kind in ('donation', 'service'))::int as rows,
            (select count(distinct transfer_id) from transfer where kind in ('donation', 'service'))::int as ids,
            (select sum(balance_minutes) from account)::int as sum`,
  );
  report.doubled = (row?.rows ?? 0) - (row?.ids ?? 0) + Math.max(0, (row?.ids ?? 0) - acknowledged.length);
  report.sumMinutes = row?.sum ?? Number.NaN;
  report.faults += await scene.faults();
}

/**
 * Kills each of `victims`, Postgres or the API, with SIGKILL while eight clients donate minutes over HTTP and twenty callers share a
 * group-commit writer in a process that dies with the API, each insisting on its own ids. After every crash what was
 * acknowledged must be on disk; in the end nothing is doubled, the ledger sums to zero and the audit is green. One audit for
 * all crashes is enough: nothing ever rewrites an entry, so a chain that any of them broke would still be broken.
 */
export async function crashUnderLoad(victims: readonly Victim[], seed: number): Promise<CrashReport> {
  const report: CrashReport = { seed, crashes: 0, acknowledged: 0, written: 0, retried: 0, lost: 0, doubled: 0, sumMinutes: 0, faults: 0 };
  const scene = await CrashScene.open();
  const run: Run = { scene, random: new Random(seed), report, acknowledged: [], ending: new AbortController() };
  try {
    const load = Promise.all([...Array.from({ length: donors }, () => donate(run)), ...Array.from({ length: writers }, () => write(run))]);
    load.catch(() => undefined);
    let checked = 0;
    for (const victim of victims) {
      const enough = report.acknowledged + run.random.integer(20, 60);
      while (report.acknowledged < enough) await Promise.race([load, pause(run.random.integer(1, 15))]);
      await scene.kill(victim);
      const before = run.acknowledged.length;
      report.lost += await countLost(run, checked);
      checked = before;
      report.crashes += 1;
      tellProgress(`${victim} crashes`, report.crashes, victims.length);
    }
    run.ending.abort();
    await load;
    await settle(run);
    return report;
  } finally {
    run.ending.abort();
    await scene.close();
  }
}
