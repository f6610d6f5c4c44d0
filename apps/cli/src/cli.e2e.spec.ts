import { once } from 'node:events';
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { type AddressInfo, createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setInterval } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { newId } from '@timebank/kernel';
import { isAlive, run, runProcess, serverProcess, serverRuns, RunningTimebank, untilGone, type Settings } from './spec-command-line';

const folders: string[] = [];
function newFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), 'timebank-cli-'));
  folders.push(folder);
  return folder;
}

afterAll(async () => {
  for (const started of RunningTimebank.all) await started.end('SIGINT');
  for (const folder of folders) {
    const where = join(folder, 'where');
    if (existsSync(where)) rmSync(readFileSync(where, 'utf8').trim(), { recursive: true, force: true });
    rmSync(folder, { recursive: true, force: true });
  }
});

describe('the command line', () => {
  it('names its commands, and says what its exit codes mean', async () => {
    const { status, stdout } = await runProcess(['--help'], {});
    expect(status).toBe(0);
    for (const word of ['start', 'migrate', 'demo', 'audit', 'admin', 'Exit codes']) expect(stdout).toContain(word);
  });

  it.each([
    ['an unknown command', ['conquer'], {}, 'unknown command'],
    ['a missing argument', ['admin'], {}, 'phone'],
    ['a setting that is no number', ['migrate'], { PORT: 'many' }, 'PORT'],
    ['a port that there is not', ['start'], { PORT: '65536' }, 'PORT: a whole number from 1 to 65535'],
    ['a port below none', ['start'], { PORT: '-1' }, 'PORT: a whole number from 1 to 65535'],
    ['half an admin', ['migrate'], { ADMIN_PHONE: '13000000000' }, 'ADMIN_PHONE'],
  ])('refuses %s with 2 and one clear line', async (_title, args, settings: Settings, word) => {
    const { status, stderr } = await run(args, { DATA_DIR: newFolder(), ...settings });
    expect(status).toBe(2);
    expect(stderr).toContain(word);
    expect(stderr).not.toContain('    at ');
  });
});

describe('a start where it cannot listen', () => {
  it.each([
    ['a port that is taken', '127.0.0.1', 'is taken'],
    ["an address that is another machine's", '192.0.2.1', 'no address of this machine'],
  ])('A7: says %s first, in one line, and touches nothing', async (_, HOST, word) => {
    const other = createServer().listen(0, '127.0.0.1');
    await once(other, 'listening');
    const PORT = String((other.address() as AddressInfo).port);
    const DATA_DIR = newFolder();
    const { status, stdout, stderr } = await runProcess(['start'], { DATA_DIR, PORT, HOST });
    expect([status, stdout, stderr.trim().split('\n').length]).toEqual([2, '', 1]);
    expect(stderr).toContain(word);
    expect(readdirSync(DATA_DIR)).toEqual([]);
    other.close();
  });
});

describe('a start with the demo city', () => {
  const settings = { DATA_DIR: newFolder() };
  const ranOn: string[] = [];
  let started: RunningTimebank;
  beforeAll(async () => {
    for (const moment of ['starting Postgres', 'migrations ran', 'schema up to date']) {
      const halfWay = await RunningTimebank.until(moment, { ...settings, DEMO: 'off' });
      await halfWay.end('SIGINT');
      if (serverRuns(settings.DATA_DIR)) ranOn.push(moment);
    }
    const interrupted = await RunningTimebank.until('day 1 of 15', settings);
    await interrupted.end('SIGKILL');
    started = await RunningTimebank.ready(settings);
  });

  it('had taken its database along whenever it was interrupted half way', () => expect(ranOn).toEqual([]));

  it('was laid down anew, since the first one was interrupted, and tells what it does and whom to sign in as', async () => {
    expect(started.text).toContain('demo city loaded');
    const [, phone, password] = /^ {4}(\d{11}) {2}(\S{10}) {2}Volunteer/m.exec(started.text) ?? [];
    const { status, roles } = await started.signIn(phone as string, password as string);
    expect(status).toBe(201);
    expect(roles.map(({ role }) => role)).toContain('volunteer');
  });

  it('is audited beside the running server, which goes on', async () => {
    const { status, stdout } = await runProcess(['audit'], settings);
    expect(stdout).toContain('audit green');
    expect(status).toBe(0);
    expect((await fetch(`${started.address}/api/health/ready`)).status).toBe(200);
  });

  it('loads no second demo city and makes no second first admin', async () => {
    expect(await run(['demo'], settings)).toMatchObject({ status: 2 });
    expect(await run(['admin', '13000000001'], settings, 'a long password\n')).toMatchObject({ status: 2 });
  });

  it('does not start twice from one folder', async () => {
    const second = await runProcess(['start'], { ...settings, PORT: '0' });
    expect(second).toMatchObject({ status: 2 });
    expect(second.stderr).toContain('runs already');
    expect((await fetch(`${started.address}/api/health/ready`)).status).toBe(200);
  });

  it('does background work in a process of its own, begun again when it was killed', async () => {
    const first = await started.jobsProcess();
    expect(isAlive(first)).toBe(true);
    process.kill(first, 'SIGKILL');
    const second = await started.jobsProcess(first);
    expect([isAlive(first), isAlive(second)]).toEqual([false, true]);
    expect((await fetch(`${started.address}/api/health/ready`)).status).toBe(200);
  });

  it('A3: draws files in a thread of its own', async () => {
    const [, phone, password] = /^ {4}(\d{11}) {2}(\S{10}) {2}Volunteer/m.exec(started.text) ?? [];
    const { token } = await started.signIn(phone as string, password as string);
    const { member } = (await started.call(token, 'GET', '/me')) as { member: { bankId: string; accountId: string } };
    for (const [form, sign] of [
      ['pdf', '%PDF-'],
      ['xlsx', 'PK'],
    ]) {
      const address = `${started.address}/api/banks/${member.bankId}/accounts/${member.accountId}/statement.${form}`;
      const answer = await fetch(address, { headers: { authorization: `Bearer ${token}` } });
      const bytes = Buffer.from(await answer.arrayBuffer());
      expect([form, answer.status, bytes.toString('latin1').startsWith(sign as string)]).toEqual([form, 200, true]);
    }
  });

  it('A1: serves again at the same address when the API was killed, and says so', async () => {
    const first = await started.apiProcess();
    process.kill(first, 'SIGKILL');
    const second = await started.apiProcess(first);
    expect([isAlive(first), isAlive(second)]).toEqual([false, true]);
    expect(started.text).toContain('The API ended by itself (SIGKILL); starting it again in 1 s.');
    expect((await fetch(`${started.address}/api/health/ready`)).status).toBe(200);
  });

  it('starts again after its process was killed, with everything still there and no process left behind', async () => {
    const { address } = started;
    const jobs = await started.jobsProcess();
    await started.end('SIGKILL');
    await untilGone(jobs);
    started = await RunningTimebank.ready(settings);
    expect(started.text).toContain('schema up to date');
    expect(started.text).not.toContain('demo city loaded');
    expect(started.text).toMatch(/\d{11} {2}\S{10} {2}Volunteer/);
    await expect(fetch(`${address}/api/health/live`)).rejects.toThrow('fetch failed');
  });

  it('F7: serves again whenever Postgres ends by itself, also one that an earlier start had begun', async () => {
    // After which pause depends on how long it ran and on whether it started at the first try.
    for (const time of [1, 2]) {
      process.kill(serverProcess(settings.DATA_DIR), 'SIGKILL');
      await started.said('Postgres ended by itself; starting it again', time);
      for await (const _ of setInterval(100)) if ((await fetch(`${started.address}/api/health/ready`)).ok) break;
    }
    expect(serverRuns(settings.DATA_DIR)).toBe(true);
  });

  it('stops its database when it is told to end, and with it everything that it holds', async () => {
    const [jobs, api] = [await started.jobsProcess(), await started.apiProcess()];
    const before = started.text;
    const ended = started.end('SIGTERM');
    for (const processId of [jobs, api]) process.kill(processId, 'SIGTERM');
    expect(await ended).toBe(0);
    expect(started.text.slice(before.length)).not.toContain('ended by itself');
    expect(isAlive(jobs)).toBe(false);
    expect(serverRuns(settings.DATA_DIR)).toBe(false);
    expect((await run(['audit', '--json'], settings)).stdout).toContain('"faults":[]');
    expect(serverRuns(settings.DATA_DIR)).toBe(false);
  });
});

describe('a first start without the demo city, on a clock as fast as asked', () => {
  const admin = { phone: '13000000002', password: 'the first of all' };
  const settings = {
    DATA_DIR: newFolder(),
    DEMO: 'off',
    ADMIN_PHONE: admin.phone,
    ADMIN_PASSWORD: admin.password,
    CLOCK_SPEED: '3000',
    RATE_LIMIT: 'off',
  };
  let started: RunningTimebank;

  it('F7: of two at once one serves, an empty city with the named admin, and the other says so in one line', async () => {
    const both = await Promise.allSettled([RunningTimebank.ready(settings), RunningTimebank.ready(settings)]);
    [started] = both.flatMap((each) => (each.status === 'fulfilled' ? [each.value] : [])) as [RunningTimebank];
    const [other] = both.flatMap((each) => (each.status === 'rejected' ? [String(each.reason)] : []));
    expect(other).toMatch(/start ended with 2:\n.*\nTimebank runs already from .*$/);
    expect(started.text).not.toContain('Demo people');
    expect(started.text).toContain('3000 times');
    expect(await started.signIn(admin.phone, admin.password)).toMatchObject({ status: 201, roles: [{ role: 'admin', bankId: null }] });
  });

  it('closes a visit that nobody ended four hours after its plan, without being asked', async () => {
    const { token } = await started.signIn(admin.phone, admin.password);
    const [bankId, helper, client, requestId, visitId] = [newId(), newId(), newId(), newId(), newId()];
    const bank = `/banks/${bankId}`;
    const { accounts } = await started.call(token, 'PUT', bank, { name: 'Drum Tower', phone: '025-83330000', timeZone: 'Asia/Shanghai' });
    const person = { birthDate: '1955-03-04', roles: ['volunteer'] };
    const phone = { phone: '13000000005', password: 'who helps' };
    await started.call(token, 'PUT', `${bank}/members/${helper}`, { ...person, name: 'Helper', ...phone });
    await started.call(token, 'PUT', `${bank}/coordinators/${helper}`, {});
    const { accountId } = await started.call(token, 'PUT', `${bank}/members/${client}`, { ...person, name: 'Client', roles: ['client'] });
    const { fund } = accounts as { fund: string };
    const grant = { kind: 'grant', fromAccountId: fund, toAccountId: accountId, minutes: 600 };
    await started.call(token, 'PUT', `${bank}/transfers/${newId()}`, grant);
    const own = (await started.signIn(phone.phone, phone.password)).token;
    const { code } = await started.call(own, 'POST', `${bank}/members/${client}/cards`, {});
    const { now } = await started.call(own, 'GET', '/me');
    const request = { clientId: client, serviceKind: 'company', startsAt: now, minutes: 120 };
    await started.call(own, 'PUT', `${bank}/requests/${requestId}`, request);
    await started.call(own, 'PUT', `${bank}/visits/${visitId}`, { requestId, volunteerId: helper });
    await started.call(own, 'PUT', `${bank}/visits/${visitId}/scans/${newId()}`, { kind: 'in', card: code });
    let visit: Record<string, unknown> = {};
    for await (const _ of setInterval(500)) {
      visit = await started.call(own, 'GET', `${bank}/visits/${visitId}`);
      if (visit['state'] !== 'in_progress') break;
    }
    expect(visit).toMatchObject({ state: 'needs_fix', lane: 'red', creditedMinutes: 0 });
    expect(visit['exceptions']).toContainEqual(expect.objectContaining({ code: 'MISSING_OUT' }));
  });

  it('ends with its database when it is told to', async () => {
    expect(await started.end('SIGTERM')).toBe(0);
    expect(serverRuns(settings.DATA_DIR)).toBe(false);
  });
});

describe('one command after another', () => {
  const settings = { DATA_DIR: newFolder() };
  const admin = (input: string, ...args: string[]) => run(['admin', ...args], settings, input);

  it('makes the schema and the first city admin', async () => {
    expect((await run(['migrate'], settings)).stdout).toContain('migrations ran');
    expect((await run(['migrate'], settings)).stdout).toContain('up to date');
    expect(await admin('short\n', '13000000006')).toMatchObject({ status: 2 });
    expect(await admin('password\n', '13000000006')).toMatchObject({ status: 2 });
    expect(await admin('long enough\n', '13000000006')).toMatchObject({ status: 0 });
  });

  it('F11: lets a city admin in again, by a password or a code, and lists who runs the city', async () => {
    expect(await admin('a short one\n', '13000000006')).toMatchObject({ status: 2 });
    expect((await admin('the second of all\n', '13000000006')).stdout).toContain('has a new password');
    expect((await admin('', '13000000006')).stdout).toMatch(/with the code \d{6}, until /);
    expect(await admin('the third of all\n', '13000000007')).toMatchObject({ status: 2 });
    expect((await admin('', '--list')).stdout).toContain('13000000006  admin  city  0 sign-ins');
  });

  it('F3: begins nothing with its key gone, and makes none; on purpose, on record, it goes on', async () => {
    rmSync(join(settings.DATA_DIR, 'secret.json'));
    const { status, stderr } = await run(['migrate'], settings);
    expect([status, stderr.trim().split('\n').length]).toEqual([2, 1]);
    expect(stderr).toContain('The key of cards and codes (secret key) is missing');
    expect(existsSync(join(settings.DATA_DIR, 'secret.json'))).toBe(false);
    expect(await run(['keys', '--accept', '--who', 'Shen', '--why', 'lost with the disk'], settings)).toMatchObject({ status: 0 });
    expect(await run(['migrate'], settings)).toMatchObject({ status: 0 });
    expect(serverRuns(settings.DATA_DIR)).toBe(false);
  });
});
