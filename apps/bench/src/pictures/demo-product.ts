import { type ChildProcess, spawn } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';

export type DemoPerson = { phone: string; password: string; title: string };
type Demo = { people: DemoPerson[]; card: { code: string; token: string } };

/** What the cards in the pictures carry; a name that nobody can own. */
export const publicUrl = 'http://timebank.example';

/** The product with its demo city, started from an empty folder. Its pictures show the hour they are taken at: books refuse a clock of one's own. */
export class DemoProduct {
  private constructor(
    private readonly child: ChildProcess,
    private readonly dataDir: string,
    readonly origin: string,
    readonly demo: Demo,
  ) {}

  static async start(): Promise<DemoProduct> {
    const dataDir = mkdtempSync(join(tmpdir(), 'timebank-pictures-'));
    const child = spawn(process.execPath, ['dist/apps/cli/main.js', 'start'], {
      stdio: ['ignore', 'pipe', 'inherit'],
      env: {
        ...process.env,
        DATA_DIR: dataDir,
        HOST: '127.0.0.1',
        PORT: '0',
        PUBLIC_URL: publicUrl,
        LOG_LEVEL: 'error',
      },
    });
    const port = await new Promise<string>((found, failed) => {
      createInterface({ input: child.stdout }).on('line', (line) => {
        const [, given] = /localhost:(\d+)\/console/.exec(line) ?? [];
        if (given !== undefined) found(given);
      });
      child.once('exit', (code) => failed(new Error(`the product ended before it was ready (exit code ${code})`)));
    });
    const demo = JSON.parse(readFileSync(join(dataDir, 'demo.json'), 'utf8')) as Demo;
    return new DemoProduct(child, dataDir, `http://localhost:${port}`, demo);
  }

  /** The first one whose title begins so. */
  person(title: string): DemoPerson {
    const found = this.demo.people.find((person) => person.title.startsWith(title));
    if (!found) throw new Error(`the demo city has no ${title}`);
    return found;
  }

  async end(): Promise<void> {
    this.child.removeAllListeners('exit');
    await new Promise<void>((gone) => {
      this.child.once('exit', () => gone());
      this.child.kill('SIGTERM');
    });
    const where = join(this.dataDir, 'where');
    if (existsSync(where)) rmSync(readFileSync(where, 'utf8').trim(), { recursive: true, force: true });
    rmSync(this.dataDir, { recursive: true, force: true });
  }
}
