import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { IncomingMessage, RequestListener, Server, ServerResponse } from 'node:http';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { ChangeSignIn, FirstAdmin } from '@timebank/access';
import { readConfig } from '@timebank/contract';
import { ManualClock, newId } from '@timebank/kernel';
import supertest from 'supertest';
import { type ApiOptions, createApi } from './api';
import { createTestDatabase, type TestDatabase } from './test-database';
import { patienceMs, testStart } from './test-rooms';

export const cityAdmin = { phone: '13500000000', password: 'the first admin of all' };

type Method = 'get' | 'put' | 'post' | 'patch' | 'delete';

/** Somebody signed in: calls the API with their token. `token` null is a stranger. */
export class TestCaller {
  constructor(
    private readonly app: NestFastifyApplication,
    readonly token: string | null,
  ) {}

  call(method: Method, path: string, body?: object): supertest.Test {
    const test = supertest(this.app.getHttpServer())[method](path);
    if (this.token !== null) test.set('authorization', `Bearer ${this.token}`);
    return body === undefined ? test : test.send(body);
  }

  get(path: string): supertest.Test {
    return this.call('get', path);
  }

  put(path: string, body: object = {}): supertest.Test {
    return this.call('put', path, body);
  }

  post(path: string, body: object = {}): supertest.Test {
    return this.call('post', path, body);
  }

  patch(path: string, body: object): supertest.Test {
    return this.call('patch', path, body);
  }

  delete(path: string, body?: object): supertest.Test {
    return this.call('delete', path, body);
  }
}

export type TestMember = { memberId: string; accountId: string; phone: string; password: string; caller: TestCaller };

/** The whole API on a database of its own, with a clock that stands still and a first city admin. */
export class TestApp {
  private phones = 13_900_000_000;

  constructor(
    readonly app: NestFastifyApplication,
    readonly database: TestDatabase,
    readonly clock: ManualClock,
  ) {}

  readonly anybody = new TestCaller(this.app, null);

  async signIn(phone: string, password: string): Promise<TestCaller> {
    const { body, status } = await this.anybody.post('/api/sessions', { phone, password });
    if (status !== 201) throw new Error(`sign-in answered ${status} ${JSON.stringify(body)}`);
    return new TestCaller(this.app, (body as { token: string }).token);
  }

  signInAsCityAdmin(): Promise<TestCaller> {
    return this.signIn(cityAdmin.phone, cityAdmin.password);
  }

  /** An 11-digit mobile that nobody has yet. */
  freePhone(): string {
    this.phones += 1;
    return String(this.phones);
  }

  async openBank(admin: TestCaller, name = 'Drum Tower'): Promise<string> {
    const bankId = newId();
    await admin.put(`/api/banks/${bankId}`, { name, phone: '025-83330000', timeZone: 'Asia/Shanghai', sameName: true }).expect(201);
    return bankId;
  }

  /** A member who can sign in; `coordinator` is granted by `registrar`, who must be an admin then. */
  async register(registrar: TestCaller, bankId: string, role: 'volunteer' | 'client' | 'coordinator'): Promise<TestMember> {
    const [memberId, phone, password] = [newId(), this.freePhone(), `password of ${this.phones}`];
    const roles = [role === 'client' ? 'client' : 'volunteer'];
    const { body } = await registrar
      .put(`/api/banks/${bankId}/members/${memberId}`, { name: `${role} ${phone}`, birthDate: '1950-02-03', roles, phone, password })
      .expect(201);
    // As if they had replaced it since: who registered them may decide on their visits.
    await this.ownSecret(memberId);
    if (role === 'coordinator') await registrar.put(`/api/banks/${bankId}/coordinators/${memberId}`).expect(201);
    const caller = await this.signIn(phone, password);
    return { memberId, accountId: (body as { accountId: string }).accountId, phone, password, caller };
  }

  /** Another admin of the city, for what two people have to want. */
  async secondCityAdmin(admin: TestCaller, bankId: string): Promise<TestCaller> {
    const member = await this.register(admin, bankId, 'volunteer');
    await admin.put(`/api/roles/${member.memberId}/admin`).expect(201);
    return member.caller;
  }

  /** The password in use becomes the person's own. */
  async ownSecret(personId: string): Promise<void> {
    const [row] = await this.database.query<{ password_hash: string }>('select password_hash from person where person_id = $1', [personId]);
    await this.app.get(ChangeSignIn, { strict: false }).run({ personId, signInPhone: null, passwordHash: row?.password_hash ?? null });
  }

  async close(): Promise<void> {
    await this.app.close();
    await this.database.drop();
  }
}

/** With TEST_SLOW_MS a browser waits up to so many milliseconds for every answer, each time another: shows a spec that wins a race by luck. */
function slowDown(app: NestFastifyApplication): void {
  const most = Number(process.env['TEST_SLOW_MS'] ?? 0);
  if (most === 0) return;
  const server: Server = app.getHttpServer();
  const listeners = server.listeners('request') as RequestListener[];
  server.removeAllListeners('request');
  server.on('request', (request: IncomingMessage, response: ServerResponse) => {
    const wait = request.headers['sec-fetch-mode'] ? Math.random() * most : 0;
    setTimeout(() => listeners.forEach((listener) => listener.call(server, request, response)), wait);
  });
}

/** Every spec signs people in; what a hash costs in service is held by the specs of access. */
const cheapHash = { memoryCost: 64, timeCost: 1, parallelism: 1 };

/** Opens the API for a spec, with a folder for keys and checkpoints of its own. Pass a database to run on another than a fresh one. Sign-ins are limited only with RATE_LIMIT on. */
export async function openApp(
  given: { database?: TestDatabase; env?: Record<string, string>; limits?: ApiOptions['limits'] } = {},
): Promise<TestApp> {
  const database = given.database ?? (await createTestDatabase());
  const clock = new ManualClock(testStart);
  const config = readConfig({ LOG_LEVEL: 'silent', RATE_LIMIT: 'off', DATA_DIR: join(tmpdir(), `timebank-app-${newId()}`), ...given.env });
  const app = await createApi({
    config,
    clock,
    databaseUrl: database.url,
    secretKey: 'k'.repeat(32),
    passwordCost: cheapHash,
    patienceMs,
    origin: config.publicUrl ?? 'http://localhost:3000',
    ...(given.limits ? { limits: given.limits } : {}),
  });
  // Supertest would otherwise open and close a port for every call, and calls at once would disturb each other.
  await app.listen(0, '127.0.0.1');
  slowDown(app);
  await app.get(FirstAdmin, { strict: false }).run(cityAdmin);
  return new TestApp(app, database, clock);
}
