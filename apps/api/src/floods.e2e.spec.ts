import { type EventEmitter, once } from 'node:events';
import type { Socket } from 'node:net';
import { setInterval } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals';
import { Sessions } from '@timebank/access';
import { routes } from '@timebank/contract';
import { newId } from '@timebank/kernel';
import { openApp, type TestApp, TestCaller, type TestMember } from '@timebank/testing';
import { answerOf, headOf, openRaw, sayRaw } from './spec-raw-calls';

const json = { 'Content-Type': 'application/json' };
/** The right form, and nobody's. */
const madeUp = { Authorization: `Bearer ${'x'.repeat(43)}` };
const portOf = ({ app }: TestApp) => (app.getHttpServer().address() as { port: number }).port;

describe('floods', () => {
  let city: TestApp;
  let volunteer: TestMember;
  let coordinator: TestMember;
  let bank: string;
  const held: Socket[] = [];
  const own = (member: TestMember) => ({ Authorization: `Bearer ${member.caller.token}` });
  beforeAll(async () => {
    city = await openApp({ limits: { bodyBytesOfPerson: 140_000, bodyBytesOfStrangers: 20_000 } });
    const admin = await city.signInAsCityAdmin();
    const bankId = await city.openBank(admin);
    bank = `/api/banks/${bankId}`;
    [volunteer, coordinator] = [await city.register(admin, bankId, 'volunteer'), await city.register(admin, bankId, 'coordinator')];
  });
  afterAll(async () => {
    for (const socket of held) socket.destroy();
    await city.close();
  });

  it('A1: nobody is asked for a body: without a sign-in every call ends before the first byte of it', async () => {
    const port = portOf(city);
    for (const { method, path, permission, name } of Object.values(routes)) {
      if (method === 'GET' || permission === 'anyone') continue;
      const address = path.replace(/:\w+/g, () => newId());
      const said = headOf(`${method} ${address}`, { ...json, ...madeUp, 'Content-Length': 261_000 });
      const { status, body } = await sayRaw(port, said);
      expect([name, status, body]).toEqual([name, 401, { code: 'access/not_signed_in', parameters: {} }]);
    }
    const escaped = headOf('POST /api/me/notices/%72ead', { ...json, 'Transfer-Encoding': 'chunked' });
    expect(await sayRaw(port, escaped)).toMatchObject({ status: 401 });
  });

  it('A1: who calls is asked once, and what has no form of a token not at all', async () => {
    const asked = jest.spyOn(city.app.get(Sessions, { strict: false }), 'actor');
    await volunteer.caller.get('/api/me').expect(200);
    expect(asked).toHaveBeenCalledTimes(1);
    const port = portOf(city);
    for (const Authorization of ['Bearer x', `Bearer ${'x'.repeat(8_000)}`, 'Basic eDp4', `Bearer ${'x'.repeat(42)}\u00e9`])
      expect(await sayRaw(port, headOf('GET /api/me', { Authorization }))).toMatchObject({ status: 401 });
    expect(asked).toHaveBeenCalledTimes(1);
    asked.mockRestore();
  });

  it('A1: a body past what its route needs is refused by its length alone, and one that does not tell as soon as it passes', async () => {
    const port = portOf(city);
    const too_large = { status: 413, body: { code: 'request/too_large' } };
    const line = `PUT ${bank}/members/${newId()}`;
    expect(await sayRaw(port, headOf(line, { ...json, ...own(coordinator), 'Content-Length': 16_385 }))).toMatchObject(too_large);
    const chunk = `4000\r\n${' '.repeat(16_384)}\r\n`;
    const pieces = headOf(line, { ...json, ...own(coordinator), 'Transfer-Encoding': 'chunked' }) + chunk + chunk;
    expect(await sayRaw(port, pieces)).toMatchObject(too_large);
    const nothing = headOf(`DELETE /api/sessions/current`, { ...json, ...own(coordinator), 'Content-Length': 1_025 });
    expect(await sayRaw(port, nothing)).toMatchObject(too_large);
  });

  it('A1: a thousand visits are approved in one call however the call is written; depth and number are refused unparsed', async () => {
    const visitIds = Array.from({ length: 1_000 }, newId);
    const body = {
      visitIds,
      decision: 'reject',
      reasonCode: 'client_away',
      creditedMinutes: Object.fromEntries(visitIds.map((id) => [id, 1_440])),
    };
    const put = (sent: string) =>
      coordinator.caller.call('put', `${bank}/approvals/${newId()}`).set('content-type', 'application/json').send(sent);
    await put(JSON.stringify(body, null, 2)).expect(201);
    for (const [sent, problem] of [
      ['['.repeat(131_000), 'too_deep'],
      [`[${'[],'.repeat(40_000)}[]]`, 'too_many_values'],
      [`{${Array.from({ length: 9_000 }, (_, index) => `"${index}":1`).join(',')}}`, 'too_many_values'],
    ] as const) {
      const answer = await put(sent).expect(400);
      expect(answer.body).toEqual({ code: 'request/malformed', parameters: { problem }, path: 'body' });
    }
  });

  it('A1: bodies begun and never ended keep out neither others nor, once they are gone, the same', async () => {
    const port = portOf(city);
    const begun = headOf(`PUT ${bank}/approvals/${newId()}`, { ...json, ...own(volunteer), 'Content-Length': 131_000 });
    const first = await openRaw(port, begun);
    held.push(first);
    const read = { noticeIds: [newId()] };
    const again = (member: TestMember) => member.caller.post('/api/me/notices/read', read);
    let answer = await again(volunteer);
    for await (const _ of setInterval(20)) {
      answer = await volunteer.caller.post('/api/me/notices/read', {
        noticeIds: Array.from({ length: 200 }, newId),
        pad: 'x'.repeat(5_000),
      });
      if (answer.status === 503) break;
    }
    expect(answer).toMatchObject({ status: 503, body: { code: 'service/busy' }, headers: { 'retry-after': '1' } });
    await again(coordinator).expect(200);
    await volunteer.caller.get('/api/me').expect(200);
    first.destroy();
    for await (const _ of setInterval(20)) {
      answer = await volunteer.caller.post('/api/me/notices/read', {
        noticeIds: Array.from({ length: 200 }, newId),
        pad: 'x'.repeat(5_000),
      });
      if (answer.status !== 503) break;
    }
    expect(answer).toMatchObject({ status: 400, body: { path: 'body.pad' } });
  });

  it('A1: a body is held no longer for a caller who left while it was looked up who calls', async () => {
    const port = portOf(city);
    const put = (bytes: number) =>
      headOf(`PUT ${bank}/approvals/${newId()}`, { ...json, ...own(volunteer), 'Content-Length': bytes }) + ' '.repeat(bytes);
    const sessions = city.app.get(Sessions, { strict: false });
    const [actor, reached, gate] = [sessions.actor.bind(sessions), Promise.withResolvers<void>(), Promise.withResolvers<void>()];
    const asked = jest.spyOn(sessions, 'actor').mockImplementationOnce((token) => {
      reached.resolve();
      return gate.promise.then(() => actor(token));
    });
    const [[server], socket] = await Promise.all([
      once(city.app.getHttpServer() as EventEmitter, 'connection') as Promise<[Socket]>,
      openRaw(port, put(120_000)),
    ]);
    await reached.promise;
    socket.destroy();
    await once(server, 'close');
    gate.resolve();
    await asked.mock.results[0]?.value;
    asked.mockRestore();
    expect((await sayRaw(port, put(130_000))).status).toBe(400);
  });

  describe('that take their time', () => {
    /** As the city, but nobody waits long: only what is too slow is asked here. */
    let hasty: TestApp;
    beforeAll(async () => {
      const limits = { requestMilliseconds: 400, headersMilliseconds: 200, lookMilliseconds: 50, lingerMilliseconds: 100, connections: 30 };
      hasty = await openApp({ database: city.database, limits });
    });
    afterAll(() => hasty.app.close());
    const tooSlow = { status: 408, body: { code: 'request/too_slow', parameters: {} } };
    const begin = (headers: Record<string, string | number>) =>
      headOf('POST /api/me/notices/read', { ...json, ...own(volunteer), ...headers });

    it('A2: a body that never comes, or a byte at a time, or in pieces without an end, is 408 and the end', async () => {
      const port = portOf(hasty);
      expect(await answerOf(await openRaw(port, begin({ 'Content-Length': 100 })))).toMatchObject(tooSlow);
      for (const [headers, piece] of [
        [{ 'Content-Length': 1_000 }, ' '],
        [{ 'Transfer-Encoding': 'chunked' }, '1\r\n \r\n'],
      ] as const) {
        const socket = await openRaw(port, begin(headers));
        const answer = answerOf(socket);
        socket.once('close', () => socket.destroy());
        for await (const _ of setInterval(20)) {
          if (socket.destroyed || socket.readableEnded) break;
          socket.write(piece);
        }
        expect(await answer).toMatchObject(tooSlow);
      }
    });

    it('A2: half a head is 408, and a connection that says nothing just ends', async () => {
      const port = portOf(hasty);
      expect(await answerOf(await openRaw(port, 'GET /api/me HTTP/1.1\r\nHost: loc'))).toMatchObject(tooSlow);
      expect(await answerOf(await openRaw(port))).toBeNull();
    });

    it('A2: what is still sent after the answer is thrown away for a moment, then the connection ends', async () => {
      const said = headOf('POST /api/me/notices/read', { ...json, ...madeUp, 'Transfer-Encoding': 'chunked' });
      const socket = await openRaw(portOf(hasty), said);
      const answer = answerOf(socket);
      for await (const _ of setInterval(20)) {
        if (socket.destroyed || socket.readableEnded) break;
        socket.write('1\r\n \r\n');
      }
      expect(await answer).toMatchObject({ status: 401 });
    });

    it('A2: more connections than there may be are turned away, and room comes back', async () => {
      const port = portOf(hasty);
      const sockets = await Promise.all(Array.from({ length: 60 }, () => openRaw(port)));
      const over = await Promise.all(sockets.map(answerOf));
      expect(over).toEqual(Array.from({ length: 60 }, () => null));
      for (const socket of sockets) socket.destroy();
      expect(await answerOf(await openRaw(port, headOf('GET /api/health/live', { Connection: 'close' })))).toMatchObject({ status: 200 });
    });
  });

  it('A3: costly answers are counted for each person, and who has had enough for a minute is told when to come again', async () => {
    const counted = await openApp({ database: city.database, env: { RATE_LIMIT: 'on' }, limits: { costlyOfPersonAMinute: 1 } });
    const statement = `${bank}/accounts/${volunteer.accountId}/statement.csv`;
    const ask = (token: string | null) => new TestCaller(counted.app, token).get(statement);
    let answer = await ask(volunteer.caller.token).expect(200);
    while (answer.status === 200) answer = await ask(volunteer.caller.token);
    expect(answer).toMatchObject({ status: 429, body: { code: 'request/too_many' } });
    expect(Number(answer.headers['retry-after'])).toBeGreaterThan(0);
    await new TestCaller(counted.app, volunteer.caller.token).get('/api/me').expect(200);
    await ask(coordinator.caller.token).expect(200);
    await counted.app.close();
  });

  it("A3: a person's hundred calls at once wait for each other, none is lost, and refusals past any person's pace are said slowly", async () => {
    const limits = { callsOfCallerAtOnce: 1, callsOfCallerWaiting: 40, refusalsAtOnce: 2, refusalsASecond: 10, refusalMilliseconds: 300 };
    const fair = await openApp({ database: city.database, env: { RATE_LIMIT: 'on' }, limits });
    const sessions = fair.app.get(Sessions, { strict: false });
    const [actor, gate] = [sessions.actor.bind(sessions), Promise.withResolvers<void>()];
    const asked = jest.spyOn(sessions, 'actor').mockImplementationOnce((token) => gate.promise.then(() => actor(token)));
    const answers: number[] = [];
    const ask = async () => {
      const { status } = await new TestCaller(fair.app, volunteer.caller.token).get('/api/me');
      answers.push(status);
      // The first one is worked on, forty wait behind it, and all others are refused before anybody is looked up.
      if (answers.length === 59) gate.resolve();
    };
    const calls = Array.from({ length: 100 }, ask);
    await gate.promise;
    expect(asked).toHaveBeenCalledTimes(1);
    expect(answers).toEqual(Array.from({ length: 59 }, () => 429));
    await Promise.all(calls);
    expect(answers.slice(59)).toEqual(Array.from({ length: 41 }, () => 200));
    const startedAt = performance.now();
    const wrong = await Promise.all(
      Array.from({ length: 6 }, () => new TestCaller(fair.app, coordinator.caller.token).get(`${bank}/members/x`)),
    );
    expect(wrong.map(({ status }) => status)).toEqual(Array.from({ length: 6 }, () => 400));
    expect(performance.now() - startedAt).toBeGreaterThan(290);
    await new TestCaller(fair.app, coordinator.caller.token).get('/api/me').expect(200);
    asked.mockRestore();
    await fair.app.close();
  });
});
