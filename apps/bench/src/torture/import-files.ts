import { spawn } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { AccessModule } from '@timebank/access';
import { BanksModule, PutBank } from '@timebank/banks';
import type { Import } from '@timebank/contract';
import { newId, RunningClock } from '@timebank/kernel';
import { LedgerModule } from '@timebank/ledger';
import { measuringKey } from '../api-process';
import { openRooms } from '../bench-rooms';
import { PrivateDatabase } from '../private-database';
import { Random } from '../random';
import { asCsv, asGbk, asXlsx, faultKinds, type MadeFile, makeFiles } from './made-files';
import { tellProgress } from './progress';

export type ImportReport = {
  seed: number;
  members: number;
  visits: number;
  faultKinds: number;
  faultyRows: number;
  kills: number;
  /** Of members alone, into another bank, without a kill; and the most memory that any of the processes had. */
  cleanSeconds: number;
  peakMebibytes: number;
  /** Sound rows that were not taken, and faulty ones that were. */
  lost: number;
  wronglyTaken: number;
  doubled: number;
  /** What the ledger's opening balances differ from what the files say. */
  sumMinutes: number;
  /** What is left when the failed rows were corrected, and what a second run of the same files brought in anew. */
  leftAfterCorrection: number;
  newAgain: number;
  faults: number;
};
type Kind = 'members' | 'balances' | 'visits';
type CommandEnd = { code: number | null; wasKilled: boolean; answer: Import | null };

const allKinds: readonly Kind[] = ['members', 'balances', 'visits'];
const killsOf: Record<Kind, number> = { members: 2, balances: 1, visits: 2 };
const endings: Record<Kind, string> = { members: 'csv', balances: 'csv', visits: 'xlsx' };

/** A city of two banks; files are brought into them by `timebank import` as processes of their own. */
class ImportCity {
  peakKibibytes = 0;

  private constructor(
    readonly database: PrivateDatabase,
    readonly folder: string,
    readonly bankId: string,
    readonly otherBankId: string,
  ) {}

  static async found(): Promise<ImportCity> {
    const database = await PrivateDatabase.open();
    const rooms = await openRooms(database.url, new RunningClock(), [
      AccessModule.forRoot({ secretKey: measuringKey }),
      BanksModule,
      LedgerModule,
    ]);
    const banks: string[] = [];
    for (const name of ['Killed', 'Clean']) {
      const { value } = await rooms.get(PutBank).run(newId(), { name, phone: '025-88880000', timeZone: 'Asia/Shanghai' });
      banks.push(value.bankId);
    }
    await rooms.close();
    return new ImportCity(database, mkdtempSync(join(tmpdir(), 'timebank-import-')), banks[0] as string, banks[1] as string);
  }

  file(name: string, bytes?: Uint8Array | string): string {
    const path = join(this.folder, name);
    if (bytes !== undefined) writeFileSync(path, bytes);
    return path;
  }

  /** `timebank …`; with `killAfter`, SIGKILL so many milliseconds after the first word of rows done. */
  async run(args: readonly string[], killAfter: number | null = null): Promise<CommandEnd> {
    const child = spawn(process.execPath, ['dist/apps/cli/main.js', ...args], {
      stdio: ['ignore', 'pipe', 'pipe'],
      env: {
        PATH: process.env['PATH'],
        DATA_DIR: join(this.folder, 'data'),
        DATABASE_URL: this.database.url,
        DATABASE_OWNER_URL: this.database.superuserUrl,
        SECRET_KEY: measuringKey,
      },
    });
    const watch = setInterval(() => this.look(child.pid), 100);
    let [said, wasKilled, complaints] = ['', false, ''];
    child.stdout.on('data', (text) => (said += String(text)));
    createInterface({ input: child.stderr }).on('line', (line) => {
      if (!line.includes('…')) complaints += `${line}\n`;
      if (killAfter === null || wasKilled || !line.includes('… done ')) return;
      wasKilled = true;
      setTimeout(() => child.kill('SIGKILL'), killAfter);
    });
    const code = await new Promise<number | null>((ended) => child.once('close', ended));
    clearInterval(watch);
    // 2 is also said by a command that did not begin; a report tells rows that failed from that.
    const isToReport = args.includes('--json') && args[0] === 'import';
    if (code !== null && (![0, 2].includes(code) || (isToReport && !said.startsWith('{'))))
      throw new Error(`${args.join(' ')} ended with ${code}: ${said}${complaints}`);
    return { code, wasKilled: code === null, answer: said.startsWith('{') ? (JSON.parse(said) as Import) : null };
  }

  private look(pid: number | undefined): void {
    const status = `/proc/${pid}/status`;
    if (!existsSync(status)) return;
    try {
      this.peakKibibytes = Math.max(this.peakKibibytes, Number(/VmHWM:\s+(\d+)/.exec(readFileSync(status, 'utf8'))?.[1] ?? 0));
    } catch {
      // It ended between the two looks.
    }
  }

  bring(
    kind: Kind,
    file: string,
    more: readonly string[] = [],
    killAfter: number | null = null,
    bankId = this.bankId,
  ): Promise<CommandEnd> {
    return this.run(['import', kind, file, '--bank', bankId, '--json', ...more], killAfter);
  }

  async count(sql: string): Promise<number> {
    const [row] = await this.database.look<{ count: string }>(`select ${sql} as count`, [this.bankId]);
    return Number(row?.count ?? 0);
  }

  async close(): Promise<void> {
    await this.database.close();
    rmSync(this.folder, { recursive: true, force: true });
  }
}

const minutesIn = (cells: readonly string[]) => (/^\d+$/.test(cells[2] ?? '') ? Number(cells[2]) : 0);

function bytesOf(kind: Kind, { heads, rows }: MadeFile): Uint8Array | string {
  const cells = rows.map((row) => row.cells);
  if (kind === 'visits') return asXlsx(heads, cells);
  const csv = asCsv(heads, cells);
  return kind === 'members' ? asGbk(csv) : csv;
}

/** One file, killed on its way as often as asked, until it is through. */
async function bringKilled(
  city: ImportCity,
  kind: Kind,
  file: string,
  more: string[],
  rows: number,
  random: Random,
): Promise<{ kills: number; found: Import }> {
  let kills = 0;
  // Within the first half of what the rows take.
  const longestDelay = Math.round(rows / 12);
  for (let left = killsOf[kind]; ;) {
    const ended = await city.bring(kind, file, more, left > 0 ? random.integer(0, longestDelay) : null);
    if (ended.wasKilled) kills += 1;
    left -= 1;
    if (ended.answer) return { kills, found: ended.answer };
  }
}

/** The rows that were given back, corrected, with the reasons left where they stand. */
function corrected(failed: string, { heads, rows }: MadeFile): { text: string; rows: number; minutes: number } {
  const lines = failed
    .replace(/^\uFEFF/, '')
    .trimEnd()
    .split('\r\n')
    .slice(1);
  const right = lines.flatMap((line) => {
    const number = Number(/(\d+): [^"]*"?$/.exec(line)?.[1] ?? 0);
    const row = rows[number - 2];
    return row?.right ? [[...row.right, 'was wrong']] : [];
  });
  const minutes = right.reduce((sum, cells) => sum + minutesIn(cells), 0);
  return { text: asCsv([...heads, 'Reason'], right), rows: right.length, minutes };
}

/**
 * Files of a whole bank, three rows of a hundred spoilt in twenty ways, are brought in by processes that are killed five times; then the failed rows are
 * corrected and brought in, and all files once more. Members in GBK, visits in a workbook.
 */
export async function importFiles(members: number, seed: number, kinds: readonly Kind[] = allKinds): Promise<ImportReport> {
  const random = new Random(seed);
  const files = makeFiles(members, random);
  const city = await ImportCity.found();
  try {
    const report = { kills: 0, lost: 0, wronglyTaken: 0, leftAfterCorrection: 0, newAgain: 0 };
    const paths = new Map(kinds.map((kind) => [kind, city.file(`${kind}.${endings[kind]}`, bytesOf(kind, files[kind]))]));
    const begunAt = performance.now();
    if (kinds === allKinds) await city.bring('members', paths.get('members') as string, [], null, city.otherBankId);
    const cleanSeconds = Math.round((performance.now() - begunAt) / 100) / 10;
    for (const [place, kind] of kinds.entries()) {
      const [made, path] = [files[kind], paths.get(kind) as string];
      const sum = made.rows.reduce((total, { cells }) => total + minutesIn(cells), 0);
      const control = kind === 'balances' ? ['--control-total', String(sum)] : [];
      const failedFile = city.file(`${kind}-failed.csv`);
      const { kills, found } = await bringKilled(city, kind, path, [...control, '--failed', failedFile], made.rows.length, random);
      report.kills += kills;
      const faulty = made.rows.filter(({ fault }) => fault !== null).length;
      report.lost += Math.max(0, made.rows.length - faulty - found.counts.create);
      report.wronglyTaken += Math.max(0, faulty - found.counts.failed);
      const right = corrected(readFileSync(failedFile, 'utf8'), made);
      const total = kind === 'balances' ? ['--control-total', String(right.minutes)] : [];
      const again = await city.bring(kind, city.file(`${kind}-right.csv`, right.text), total);
      report.leftAfterCorrection += again.answer?.counts.failed ?? right.rows;
      const second = await city.bring(kind, path, control);
      report.newAgain += (second.answer?.counts.create ?? 0) + (second.answer?.counts.update ?? 0);
      tellProgress('import', place + 1, kinds.length);
    }
    const all = kinds.flatMap((kind) => files[kind].rows);
    const expected = !kinds.includes('balances') ? 0 : files.balances.rows.reduce((total, { right }) => total + minutesIn(right ?? []), 0);
    const paid = await city.count(`(select coalesce(sum(minutes), 0) from transfer where bank_id = $1 and kind = 'opening')`);
    const audit = await city.run(['audit', '--json']);
    return {
      seed,
      members,
      visits: files.visits.rows.length,
      faultKinds: faultKinds.length,
      faultyRows: all.filter(({ fault }) => fault !== null).length,
      ...report,
      cleanSeconds,
      peakMebibytes: Math.round(city.peakKibibytes / 1_024),
      doubled: await doublesIn(city, members, kinds.includes('visits') ? members * 4 : 0),
      sumMinutes: Math.abs(paid - expected),
      faults: audit.code === 0 ? 0 : 1,
    };
  } finally {
    await city.close();
  }
}

/** Members and visits beyond those that the files name, and members with two opening balances. */
async function doublesIn(city: ImportCity, members: number, formerVisits: number): Promise<number> {
  const here = await city.count('(select count(*) from member where bank_id = $1)');
  const visits = await city.count('(select count(*) from former_visit where bank_id = $1)');
  const twice = await city.count(
    `(select count(*) from (select from transfer where bank_id = $1 and kind = 'opening' group by credit_account_id having count(*) > 1) t)`,
  );
  return Math.abs(here - members) + Math.abs(visits - formerVisits) + twice;
}
