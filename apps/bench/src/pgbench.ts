import { spawn } from 'node:child_process';
import { existsSync, readdirSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import type { EmbeddedPostgres } from '@timebank/database';

const debianServers = '/usr/lib/postgresql';
const clients = 8;

/** What to say where the floor cannot be had. */
export const noPgbench = 'no pgbench here, so no floor to compare with; on Debian and Ubuntu: apt-get install postgresql';

/** Where pgbench is: on the path, or where Debian keeps the programs of its servers. Null when it is nowhere. */
export function findPgbench(path = process.env['PATH'] ?? '', servers = debianServers): string | null {
  const versions = existsSync(servers) ? readdirSync(servers).sort((left, right) => Number(right) - Number(left)) : [];
  const folders = [...path.split(delimiter).filter(Boolean), ...versions.map((version) => join(servers, version, 'bin'))];
  return folders.map((folder) => join(folder, 'pgbench')).find(existsSync) ?? null;
}

/** The load that TPC-B describes, as pgbench runs it, in a database of its own on the server that is measured. */
export class TpcB {
  private constructor(
    private readonly pgbench: string,
    private readonly url: string,
  ) {}

  /** Fills branches × 100,000 accounts and counts them. */
  static async prepare(pgbench: string, postgres: EmbeddedPostgres, branches: number): Promise<TpcB> {
    await postgres.createDatabase('tpcb');
    const floor = new TpcB(pgbench, postgres.url('tpcb'));
    await floor.run('--initialize', '--quiet', `--scale=${branches}`);
    return floor;
  }

  /** Transactions a second over so many seconds: 8 clients, prepared statements, through 127.0.0.1. */
  async rateOver(seconds: number): Promise<number> {
    const said = await this.run('--no-vacuum', '--protocol=prepared', `--client=${clients}`, '--jobs=2', `--time=${seconds}`);
    const [, rate] = /^tps = ([\d.]+)/m.exec(said) ?? [];
    if (rate === undefined) throw new Error(`pgbench told no rate:\n${said}`);
    return Number(rate);
  }

  private run(...options: string[]): Promise<string> {
    const { hostname, port, username, password, pathname } = new URL(this.url);
    const where = [`--host=${hostname}`, `--port=${port}`, `--username=${username}`, pathname.slice(1)];
    const child = spawn(this.pgbench, [...options, ...where], {
      stdio: ['ignore', 'pipe', 'pipe'],
      env: { PATH: process.env['PATH'], PGPASSWORD: password },
    });
    return new Promise((ended, failed) => {
      let said = '';
      let complained = '';
      child.stdout.on('data', (chunk: Buffer) => {
        said += chunk.toString();
      });
      child.stderr.on('data', (chunk: Buffer) => {
        complained = (complained + chunk.toString()).slice(-2_000);
      });
      child.once('error', failed);
      child.once('close', (code) => (code === 0 ? ended(said) : failed(new Error(`pgbench failed (exit code ${code}): ${complained}`))));
    });
  }
}
