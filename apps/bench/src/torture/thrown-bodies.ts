import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { text } from 'node:stream/consumers';
import { setTimeout as wait } from 'node:timers/promises';
import { HttpCaller } from '../http-caller';
import { rateOf } from '../load';
import { tellProgress } from './progress';

/** Of the right form, and nobody's. */
const madeUp = 'x'.repeat(43);
export const notices = '/api/me/notices/read';

type Body = { path: string; token: string | null; payload: string; expected: number[] };

/** How many to throw at which port, how fast at most, and the token of a person who throws some of them. */
export type BodyFlood = { port: number; count: number; token: string; perSecond: number | null };

export type FloodResult = {
  thrown: number;
  perSecond: number;
  answers: Record<string, number>;
  /** Answered otherwise than refused as it should be. */
  wrong: Record<string, number>;
  /** Those who got no answer, or none within 15 s. */
  cut: number;
};

const add = (counts: Record<string, number>, what: string | number) => {
  counts[what] = (counts[what] ?? 0) + 1;
};

/** Bodies that ended the product once, and their brothers: deep, flat and wide, by nobody and by a person. */
function bodiesOf(token: string): Body[] {
  const deep = '['.repeat(131_000);
  const flat = `[${'[],'.repeat(87_000)}[]]`;
  const wide = `{${Array.from({ length: 1_200 }, (_, index) => `"${index}":[]`).join(',')}}`;
  return [
    { path: notices, token: madeUp, payload: deep, expected: [401] },
    { path: notices, token: madeUp, payload: flat, expected: [401] },
    { path: notices, token: null, payload: flat, expected: [401] },
    { path: notices, token, payload: deep, expected: [413] },
    { path: notices, token, payload: '['.repeat(16_000), expected: [400] },
    { path: notices, token, payload: wide, expected: [400] },
    { path: '/api/sessions', token: null, payload: '['.repeat(16_000), expected: [400, 429, 503] },
    { path: '/api/nothing', token: madeUp, payload: flat, expected: [404] },
  ];
}

/** The child's side: throws them as fast as twenty callers get their answers, or no faster than is said, and says on stdout what came. */
export async function throwBodies({ port, count, token, perSecond: most }: BodyFlood): Promise<void> {
  const caller = new HttpCaller(`http://127.0.0.1:${port}`);
  const bodies = bodiesOf(token);
  const items = Array.from({ length: count }, (_, index) => bodies[index % bodies.length] as Body);
  const result: FloodResult = { thrown: 0, perSecond: 0, answers: {}, wrong: {}, cut: 0 };
  const startedAt = performance.now();
  const perSecond = await rateOf(items, 20, async (body) => {
    result.thrown += 1;
    if (most !== null) await wait(Math.max(0, startedAt + (result.thrown * 1_000) / most - performance.now()));
    tellProgress('floods', result.thrown, count);
    const answer = await caller.sendRaw('POST', body.path, body.payload, 'application/json', body.token).catch(() => null);
    if (answer === null) {
      result.cut += 1;
      return;
    }
    add(result.answers, answer.status);
    if (!body.expected.includes(answer.status))
      add(result.wrong, `${body.path} ${body.payload.slice(0, 4)} ${body.payload.length}: ${answer.status}`);
  });
  caller.close();
  process.stdout.write(JSON.stringify({ ...result, perSecond: Math.round(perSecond) }));
}

/** Throws them from a process of its own, so that the work of throwing keeps nobody waiting but through the product. */
export async function bodiesThrown({ port, count, token, perSecond }: BodyFlood): Promise<FloodResult> {
  const args = [
    '--enable-source-maps',
    'dist/apps/bench/main.js',
    'bodies',
    String(port),
    String(count),
    ...(perSecond === null ? [] : [String(perSecond)]),
  ];
  const child: ChildProcess = spawn(process.execPath, args, {
    stdio: ['ignore', 'pipe', 'inherit'],
    env: { PATH: process.env['PATH'], TOKEN: token },
  });
  const gone = once(child, 'exit');
  const said = await text(child.stdout as NodeJS.ReadableStream);
  await gone;
  return JSON.parse(said) as FloodResult;
}
