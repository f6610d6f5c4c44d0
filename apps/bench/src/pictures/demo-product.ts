import { type ChildProcess, spawn } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { instantOf, localDate } from '@timebank/kernel';

export type DemoPerson = { phone: string; password: string; title: string };
type Demo = { people: DemoPerson[]; card: { code: string; token: string } };

/** What the cards in the pictures carry; a name that nobody can own. */
export const publicUrl = 'http://timebank.example';

const timeZone = 'Asia/Shanghai';
const day = 86_400_000;

/** Milliseconds until it is two minutes past nine in the morning at the demo's banks. */
function untilMorning(): number {
  const now = Date.now();
  const morning = instantOf(localDate(new Date(now), timeZone), '09:02', timeZone).getTime();
  return (morning - now + day) % day;
}

/** Shifts a process's time before anything else is loaded, so that the pictures show a day's work and not the hour they were taken at. */
function shiftedTime(milliseconds: number): string {
  const source = `const Real = Date; globalThis.Date = class extends Real {
    constructor(...given) { if (given.length > 0) super(...given); else super(Real.now() + ${milliseconds}); }
    static now() { return Real.now() + ${milliseconds}; } };`;
  return `--import=data:text/javascript,${encodeURIComponent(source)}`;
}

/** The product with its demo city, started from an empty folder on a morning. */
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
        NODE_OPTIONS: shiftedTime(untilMorning()),
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
