import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { cityAdmin } from '../small-city';

/** The product as `npm start` runs it, with an empty city, its limits on, on 127.0.0.1; tells how often a part of it died. */
export class FloodedProduct {
  private readonly lines: string[] = [];

  private constructor(
    private readonly child: ChildProcess,
    private readonly dataDir: string,
  ) {}

  static async start(): Promise<FloodedProduct> {
    const dataDir = mkdtempSync(join(tmpdir(), 'timebank-floods-'));
    const child = spawn(process.execPath, ['dist/apps/cli/main.js', 'start'], {
      stdio: ['ignore', 'pipe', 'inherit'],
      env: {
        PATH: process.env['PATH'],
        DATA_DIR: dataDir,
        DEMO: 'off',
        HOST: '127.0.0.1',
        PORT: '0',
        LOG_LEVEL: 'fatal',
        ADMIN_PHONE: cityAdmin.phone,
        ADMIN_PASSWORD: cityAdmin.password,
      },
    });
    const product = new FloodedProduct(child, dataDir);
    await new Promise<void>((ready, failed) => {
      createInterface({ input: child.stdout }).on('line', (line) => {
        product.lines.push(line);
        if (line.includes('background work (process')) ready();
      });
      child.once('exit', (code) => failed(new Error(`the product ended before it was ready (exit code ${code})`)));
    });
    return product;
  }

  private found(pattern: RegExp): string {
    return (this.lines.map((line) => pattern.exec(line)?.[1]).findLast(Boolean) as string | undefined) ?? '';
  }

  get port(): number {
    return Number(this.found(/localhost:(\d+)\/console/));
  }

  get deaths(): number {
    return this.lines.filter((line) => line.includes('ended by itself')).length;
  }

  /** Of the process that looks after the others. */
  get id(): number {
    return this.child.pid as number;
  }

  get apiId(): number {
    return Number(this.found(/✓ API \(process (\d+)\)/));
  }

  /** Of the API, as the kernel counts it. */
  residentMebibytes(): number {
    const status = readFileSync(`/proc/${this.apiId}/status`, 'utf8');
    return Math.round(Number(/VmRSS:\s+(\d+) kB/.exec(status)?.[1]) / 1024);
  }

  async end(): Promise<void> {
    const gone = once(this.child, 'exit');
    if (this.child.exitCode === null && this.child.signalCode === null) {
      this.child.kill('SIGTERM');
      await gone;
    }
    const where = join(this.dataDir, 'where');
    if (existsSync(where)) rmSync(readFileSync(where, 'utf8').trim(), { recursive: true, force: true });
    rmSync(this.dataDir, { recursive: true, force: true });
  }
}
