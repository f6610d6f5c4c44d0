import { once } from 'node:events';
import { connect, type Socket } from 'node:net';
import { setTimeout as wait } from 'node:timers/promises';
import { HttpCaller } from '../http-caller';
import { latencyOf, rateOf } from '../load';
import { foundSmallCity, type SmallCity } from '../small-city';
import { FloodedProduct } from './flooded-product';
import { tellProgress } from './progress';

/** Of the right form, and nobody's. */
const madeUp = 'x'.repeat(43);
const notices = '/api/me/notices/read';

type Body = { path: string; token: string | null; payload: string; expected: number[] };

/** Bodies that ended the product once, and their brothers: deep, flat and wide, by nobody and by a person. */
function bodiesOf({ volunteers: [volunteer] }: SmallCity): Body[] {
  const own = volunteer?.token ?? null;
  const deep = '['.repeat(131_000);
  const flat = `[${'[],'.repeat(87_000)}[]]`;
  const wide = `{${Array.from({ length: 1_200 }, (_, index) => `"${index}":[]`).join(',')}}`;
  return [
    { path: notices, token: madeUp, payload: deep, expected: [401] },
    { path: notices, token: madeUp, payload: flat, expected: [401] },
    { path: notices, token: null, payload: flat, expected: [401] },
    { path: notices, token: own, payload: deep, expected: [413] },
    { path: notices, token: own, payload: '['.repeat(16_000), expected: [400] },
    { path: notices, token: own, payload: wide, expected: [400] },
    { path: '/api/sessions', token: null, payload: '['.repeat(16_000), expected: [400, 429, 503] },
    { path: '/api/nothing', token: madeUp, payload: flat, expected: [404] },
  ];
}

/** A connection of a kind that takes its time, and whether the server has ended it. */
type Slow = { socket: Socket; drip: string };

async function openSlow(port: number, kind: number, token: string): Promise<Slow> {
  const socket = connect({ port, host: '127.0.0.1' });
  socket.on('error', () => undefined);
  await Promise.race([once(socket, 'connect'), once(socket, 'close')]);
  socket.resume();
  const head = `POST ${notices} HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\nAuthorization: Bearer ${token}\r\n`;
  const [said, drip] = [
    ['', ''],
    [`${head}Content-Length: 8000\r\n\r\n`, ''],
    [`${head}Content-Length: 200\r\n\r\n`, ' '],
    [`${head}Transfer-Encoding: chunked\r\n\r\n`, '1\r\n \r\n'],
  ][kind % 4] as [string, string];
  if (said) socket.write(said);
  return { socket, drip };
}

/** Holds so many connections until the server has ended each; answers how many it kept for longer than the limits say, with patience. */
async function holdSlow(port: number, count: number, token: string, patienceSeconds: number): Promise<number> {
  const slow = await Promise.all(Array.from({ length: count }, (_, kind) => openSlow(port, kind, token)));
  const open = () => slow.filter(({ socket }) => !socket.destroyed);
  for (let second = 0; second < patienceSeconds && open().length > 0; second += 1) {
    await wait(1_000);
    if (second % 5 === 0) for (const { socket, drip } of open()) if (drip && socket.writable) socket.write(drip);
  }
  const kept = open().length;
  for (const { socket } of slow) socket.destroy();
  return kept;
}

export type FloodReport = {
  requests: number;
  /** Answered otherwise than refused as it should be; and those who got no answer, or none within 15 s. */
  wrong: Record<string, number>[];
  cut: number;
  slowConnections: number;
  kept: number;
  /** Of a hundred files at once by one volunteer. */
  files: Record<string, number>;
  deaths: number;
  unserved: number;
  /** p95 in milliseconds of another person's `/api/me`, at rest and beside each flood. */
  p95: { rest: number; bodies: number; slow: number | null; files: number };
  worstRatio: number;
  memoryMebibytes: { before: number; most: number; after: number };
};

const perSecond = 20;

/** Floods of one started product, and another person who looks at their own page meanwhile. */
class Flood {
  private readonly attacker = new HttpCaller(`http://127.0.0.1:${this.product.port}`);
  private readonly other = new HttpCaller(`http://127.0.0.1:${this.product.port}`);
  readonly wrong = new Map<string, number>();
  readonly files: Record<string, number> = {};
  city!: SmallCity;
  cut = 0;
  unserved = 0;
  thrown = 0;
  mostMebibytes = 0;

  constructor(private readonly product: FloodedProduct) {}

  async found(): Promise<void> {
    this.city = await foundSmallCity(this.other, { volunteers: 2, clients: 1, grantMinutes: 60 });
  }

  /** p95 of the other person's page, in milliseconds, while harm is done. */
  async watched(seconds: number, harm: () => Promise<unknown> = async () => undefined): Promise<number> {
    const token = (this.city.volunteers[1] as SmallCity['volunteers'][number]).token;
    const harmed = harm();
    const { p95, dropped } = await latencyOf(Array.from({ length: seconds * perSecond }), perSecond, async () => {
      const { status } = await this.other.send('GET', '/api/me', undefined, token);
      if (status !== 200) throw new Error(`answered ${status}`);
    });
    await harmed;
    this.unserved += dropped;
    this.mostMebibytes = Math.max(this.mostMebibytes, this.product.residentMebibytes());
    return p95;
  }

  async throwBodies(count: number): Promise<void> {
    const bodies = bodiesOf(this.city);
    const items = Array.from({ length: count }, (_, index) => bodies[index % bodies.length] as Body);
    await rateOf(items, 20, async ({ path, token, payload, expected }) => {
      this.thrown += 1;
      tellProgress('floods', this.thrown, count);
      const answer = await this.attacker.sendRaw('POST', path, payload, 'application/json', token).catch(() => null);
      if (answer === null) this.cut += 1;
      else if (!expected.includes(answer.status)) this.note(`${path} ${payload.slice(0, 4)} ${payload.length}: ${answer.status}`);
    });
  }

  async askForFiles(): Promise<void> {
    const { bankId, volunteers } = this.city;
    const { accountId, token } = volunteers[0] as SmallCity['volunteers'][number];
    const ask = async () => {
      const path = `/api/banks/${bankId}/accounts/${accountId}/statement.pdf`;
      const answer = await this.attacker.send('GET', path, undefined, token).catch(() => null);
      if (answer === null) this.cut += 1;
      else this.files[answer.status] = (this.files[answer.status] ?? 0) + 1;
      if (answer?.status === 429 && answer.retryAfterSeconds === null) this.note('429 without a time');
    };
    await Promise.all(Array.from({ length: 100 }, ask));
  }

  close(): void {
    this.attacker.close();
    this.other.close();
  }

  private note(what: string): void {
    this.wrong.set(what, (this.wrong.get(what) ?? 0) + 1);
  }
}

/**
 * Floods the started product and measures what another person notices of it. A small count leaves the slow connections out, which need a
 * whole half minute to be ended.
 */
export async function flood(count: number): Promise<FloodReport> {
  const product = await FloodedProduct.start();
  const floods = new Flood(product);
  const slowConnections = count >= 2_000 ? 1_500 : 0;
  const seconds = Math.max(5, Math.min(Math.ceil(count / 300), 40));
  try {
    await floods.found();
    await floods.watched(2);
    const before = product.residentMebibytes();
    const rest = await floods.watched(seconds);
    const bodies = await floods.watched(seconds, () => floods.throwBodies(count));
    let kept = 0;
    const hold = async () => {
      kept = await holdSlow(product.port, slowConnections, (floods.city.volunteers[0] as { token: string }).token, 60);
    };
    const slow = slowConnections === 0 ? null : await floods.watched(40, hold);
    const files = await floods.watched(10, () => floods.askForFiles());
    await floods.watched(5);
    return {
      requests: floods.thrown,
      wrong: [...floods.wrong].map(([what, times]) => ({ [what]: times })),
      cut: floods.cut,
      slowConnections,
      kept,
      files: floods.files,
      deaths: product.deaths,
      unserved: floods.unserved,
      p95: { rest, bodies, slow, files },
      worstRatio: Number((Math.max(bodies, slow ?? 0, files) / rest).toFixed(2)),
      memoryMebibytes: { before, most: floods.mostMebibytes, after: product.residentMebibytes() },
    };
  } finally {
    floods.close();
    await product.end();
  }
}
