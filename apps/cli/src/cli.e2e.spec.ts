import { type ChildProcess, spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';

const entry = 'dist/apps/cli/main.js';
const plain = Object.fromEntries(
  Object.entries(process.env).filter(
    ([name]) => !/^(NODE_OPTIONS|DATABASE_|ADMIN_|PUBLIC_URL|SECRET_KEY|DEMO|CLOCK_SPEED|RATE_LIMIT)/.test(name),
  ),
);

type Settings = Record<string, string>;

/** A command run to its end. */
function run(args: string[], settings: Settings, input = ''): { status: number | null; stdout: string; stderr: string } {
  return spawnSync(process.execPath, [entry, ...args], { env: { ...plain, ...settings }, input, encoding: 'utf8' });
}

/** A running `timebank start`. */
class Started {
  static readonly all: Started[] = [];
  readonly lines: string[] = [];
  private constructor(readonly child: ChildProcess) {
    Started.all.push(this);
  }

  static async until(word: string, settings: Settings): Promise<Started> {
    const started = new Started(
      spawn(process.execPath, [entry, 'start'], {
        env: { ...plain, HOST: '127.0.0.1', PORT: '0', ...settings },
        stdio: ['ignore', 'pipe', 'pipe'],
      }),
    );
    const { child } = started;
    await new Promise<void>((found, failed) => {
      const read = (line: string) => {
        started.lines.push(line);
        if (line.includes(word)) found();
      };
      for (const stream of [child.stdout, child.stderr]) if (stream) createInterface({ input: stream }).on('line', read);
      child.once('exit', (code) => failed(new Error(`start ended with ${code}:\n${started.lines.join('\n')}`)));
    });
    return started;
  }

  static ready(settings: Settings): Promise<Started> {
    return Started.until('Stop with Ctrl-C', settings);
  }

  get text(): string {
    return this.lines.join('\n');
  }

  get address(): string {
    return `http://127.0.0.1:${/localhost:(\d+)\/console/.exec(this.text)?.[1]}`;
  }

  async signIn(phone: string, password: string): Promise<{ status: number; roles: { role: string; bankId: string | null }[] }> {
    const answer = await fetch(`${this.address}/api/sessions`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ phone, password }),
    });
    const { roles = [] } = (await answer.json()) as { roles?: { role: string; bankId: string | null }[] };
    return { status: answer.status, roles };
  }

  async end(signal: NodeJS.Signals): Promise<number | null> {
    if (this.child.exitCode !== null || this.child.signalCode !== null) return this.child.exitCode;
    this.child.removeAllListeners('exit');
    const ended = once(this.child, 'exit');
    this.child.kill(signal);
    return ((await ended) as [number | null])[0];
  }
}

/** Whether the database server of an installation still runs. */
function serverRuns(dataDir: string): boolean {
  const home = existsSync(join(dataDir, 'where')) ? readFileSync(join(dataDir, 'where'), 'utf8').trim() : dataDir;
  return existsSync(join(home, 'postgres', 'postmaster.pid'));
}

const folders: string[] = [];
function newFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), 'timebank-cli-'));
  folders.push(folder);
  return folder;
}

afterAll(async () => {
  for (const started of Started.all) await started.end('SIGINT');
  for (const folder of folders) {
    const where = join(folder, 'where');
    if (existsSync(where)) rmSync(readFileSync(where, 'utf8').trim(), { recursive: true, force: true });
    rmSync(folder, { recursive: true, force: true });
  }
});

/** A demo city takes seconds, on a busy machine many. */
const patience = 120_000;

describe('the command line', () => {
  it('names its commands, and says what its exit codes mean', () => {
    const { status, stdout } = run(['--help'], {});
    expect(status).toBe(0);
    for (const word of ['start', 'migrate', 'demo', 'audit', 'admin', 'Exit codes']) expect(stdout).toContain(word);
  });

  it.each([
    ['an unknown command', ['conquer'], {}, 'unknown command'],
    ['a missing argument', ['admin'], {}, 'phone'],
    ['a setting that is no number', ['migrate'], { PORT: 'many' }, 'PORT'],
    ['half an admin', ['migrate'], { ADMIN_PHONE: '13000000000' }, 'ADMIN_PHONE'],
    [
      "a fast clock on a database of one's own",
      ['migrate'],
      { CLOCK_SPEED: '60', DATABASE_URL: 'postgres://a:b@127.0.0.1:1/c' },
      'CLOCK_SPEED',
    ],
  ])('refuses %s with 2 and one clear line', (_title, args, settings: Settings, word) => {
    const { status, stderr } = run(args, { DATA_DIR: newFolder(), ...settings });
    expect(status).toBe(2);
    expect(stderr).toContain(word);
    expect(stderr).not.toContain('    at ');
  });
});

describe('a first start with the demo city', () => {
  const settings = { DATA_DIR: newFolder() };
  let started: Started;
  beforeAll(async () => {
    started = await Started.ready(settings);
  }, patience);

  it('tells what it does and whom to sign in as', async () => {
    expect(started.text).toContain('demo city loaded');
    const [, phone, password] = /^ {4}(\d{11}) {2}(\S{10}) {2}Volunteer/m.exec(started.text) ?? [];
    expect(await started.signIn(phone as string, password as string)).toMatchObject({ status: 201, roles: [{ role: 'volunteer' }] });
  });

  it('is audited beside the running server, which goes on', async () => {
    const { status, stdout } = run(['audit'], settings);
    expect(stdout).toContain('audit green');
    expect(status).toBe(0);
    expect((await fetch(`${started.address}/api/health/ready`)).status).toBe(200);
  });

  it('loads no second demo city and makes no second first admin', () => {
    expect(run(['demo'], settings)).toMatchObject({ status: 2 });
    expect(run(['admin', '13000000001'], settings, 'a long password\n')).toMatchObject({ status: 2 });
  });

  it('does not start twice from one folder', async () => {
    const second = run(['start'], { ...settings, PORT: '0' });
    expect(second).toMatchObject({ status: 2 });
    expect(second.stderr).toContain('runs already');
    expect((await fetch(`${started.address}/api/health/ready`)).status).toBe(200);
  });

  it('starts again after its process was killed, with everything still there', async () => {
    const { address } = started;
    await started.end('SIGKILL');
    started = await Started.ready(settings);
    expect(started.text).toContain('schema up to date');
    expect(started.text).not.toContain('demo city loaded');
    expect(started.text).toMatch(/\d{11} {2}\S{10} {2}Volunteer/);
    await expect(fetch(`${address}/api/health/live`)).rejects.toThrow('fetch failed');
  });

  it('stops its database when it is told to end', async () => {
    expect(await started.end('SIGINT')).toBe(0);
    expect(serverRuns(settings.DATA_DIR)).toBe(false);
    expect(run(['audit', '--json'], settings).stdout).toContain('"faults":[]');
    expect(serverRuns(settings.DATA_DIR)).toBe(false);
  });
});

describe('other first starts', () => {
  it(
    'begin with an empty city and the named admin when the demo is off, on a clock as fast as asked',
    async () => {
      const settings = {
        DATA_DIR: newFolder(),
        DEMO: 'off',
        ADMIN_PHONE: '13000000002',
        ADMIN_PASSWORD: 'the first of all',
        CLOCK_SPEED: '60',
      };
      const started = await Started.ready(settings);
      expect(started.text).not.toContain('Demo people');
      expect(started.text).toContain('60 times');
      expect(await started.signIn('13000000002', 'the first of all')).toMatchObject({
        status: 201,
        roles: [{ role: 'admin', bankId: null }],
      });
      expect(await started.end('SIGTERM')).toBe(0);
      expect(serverRuns(settings.DATA_DIR)).toBe(false);
    },
    patience,
  );

  it(
    'lay the demo city down anew when it was interrupted',
    async () => {
      const settings = { DATA_DIR: newFolder() };
      const first = await Started.until('day 4 of 15', settings);
      await first.end('SIGKILL');
      const second = await Started.ready(settings);
      expect(second.text).toContain('demo city loaded');
      expect(run(['audit'], settings)).toMatchObject({ status: 0 });
      await second.end('SIGINT');
      expect(serverRuns(settings.DATA_DIR)).toBe(false);
    },
    patience,
  );

  it(
    'make the schema and the first city admin one by one',
    () => {
      const settings = { DATA_DIR: newFolder() };
      expect(run(['migrate'], settings).stdout).toContain('migrations ran');
      expect(run(['migrate'], settings).stdout).toContain('up to date');
      expect(run(['admin', '13000000003'], settings, 'short\n')).toMatchObject({ status: 2 });
      expect(run(['admin', '13000000003'], settings, 'long enough\n')).toMatchObject({ status: 0 });
      expect(serverRuns(settings.DATA_DIR)).toBe(false);
    },
    patience,
  );
});
