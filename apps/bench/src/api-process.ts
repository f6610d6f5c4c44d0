import { type ChildProcess, spawn } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { apiFlags } from '@timebank/process';

export type ApiSettings = { databaseUrl: string; port?: number; admin: { phone: string; password: string } };

export const measuringKey = 'a key for measuring, at least 32 long';

/**
 * A real API process of its own, which can be killed; it talks on 127.0.0.1 only. Its folder is its own too: held against what an installation
 * beside it has published, its books would count as rolled back.
 */
export class ApiProcess {
  private constructor(
    private readonly child: ChildProcess,
    readonly port: number,
  ) {}

  static async start({ databaseUrl, port = 0, admin }: ApiSettings): Promise<ApiProcess> {
    const home = mkdtempSync(join(tmpdir(), 'timebank-api-'));
    const child = spawn(process.execPath, [...apiFlags, 'dist/apps/api/main.js'], {
      stdio: ['ignore', 'pipe', 'inherit'],
      env: {
        PATH: process.env['PATH'],
        HOST: '127.0.0.1',
        PORT: String(port),
        LOG_LEVEL: 'fatal',
        DATA_DIR: home,
        DATABASE_URL: databaseUrl,
        DATABASE_KIND: 'embedded',
        RATE_LIMIT: 'off',
        SECRET_KEY: measuringKey,
        ADMIN_PHONE: admin.phone,
        ADMIN_PASSWORD: admin.password,
      },
    });
    child.once('exit', () => rmSync(home, { recursive: true, force: true }));
    const listening = await new Promise<number>((found, failed) => {
      child.once('exit', (code) => failed(new Error(`the API ended before it listened (exit code ${code})`)));
      createInterface({ input: child.stdout as NodeJS.ReadableStream }).on('line', (line) => {
        if (line.startsWith('{"event":"listening"')) found((JSON.parse(line) as { port: number }).port);
      });
    });
    return new ApiProcess(child, listening);
  }

  get origin(): string {
    return `http://127.0.0.1:${this.port}`;
  }

  get pid(): number {
    return this.child.pid as number;
  }

  /** Resident memory in MiB, as the kernel counts it. */
  residentMebibytes(): number {
    const [, kibibytes] = /VmRSS:\s+(\d+) kB/.exec(readFileSync(`/proc/${this.pid}/status`, 'utf8')) ?? [];
    return Math.round(Number(kibibytes) / 1024);
  }

  /** Ends the process by its id and waits until it is gone. */
  async end(signal: 'SIGTERM' | 'SIGKILL' = 'SIGTERM'): Promise<void> {
    if (this.child.exitCode !== null || this.child.signalCode !== null) return;
    await new Promise<void>((gone) => {
      this.child.once('exit', () => gone());
      this.child.kill(signal);
    });
  }
}
