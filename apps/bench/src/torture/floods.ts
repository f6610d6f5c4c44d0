import { once } from 'node:events';
import { connect, type Socket } from 'node:net';
import { setTimeout as wait } from 'node:timers/promises';
import { HttpCaller } from '../http-caller';
import { spreadOf, timesOf } from '../load';
import { foundSmallCity, type SmallCity } from '../small-city';
import { FloodedProduct } from './flooded-product';
import { bodiesThrown, notices, type Thrown } from './thrown-bodies';

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
    [`${head}Content-Length: 200000\r\n\r\n${' '.repeat(100_000)}`, ''],
    [`${head}Content-Length: 8000\r\n\r\n`, ''],
    [`${head}Content-Length: 200\r\n\r\n`, ' '],
    [`${head}Transfer-Encoding: chunked\r\n\r\n`, '1\r\n \r\n'],
  ][kind % 5] as [string, string];
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
  bodies: Thrown;
  /** Answered otherwise than it should be. */
  wrong: string[];
  slowConnections: number;
  kept: number;
  /** Of a hundred files at once by one volunteer, by status; `cut` got none within 15 s. */
  files: Record<string, number>;
  deaths: number;
  unserved: number;
  /** p95 in milliseconds of another person's `/api/me`, at rest and beside each flood, and what that is ÷ at rest. */
  p95: { rest: number; bodies: number; slow: number | null; files: number };
  ratios: { bodies: number; slow: number | null; files: number };
  memoryMebibytes: { before: number; most: number; after: number };
};

const perSecond = 20;

/** Floods of one started product, and another person who looks at their own page meanwhile. */
class Flood {
  private readonly attacker = new HttpCaller(`http://127.0.0.1:${this.product.port}`);
  private readonly other = new HttpCaller(`http://127.0.0.1:${this.product.port}`);
  readonly wrong = new Set<string>();
  readonly files: Record<string, number> = {};
  city!: SmallCity;
  unserved = 0;
  mostMebibytes = 0;

  constructor(private readonly product: FloodedProduct) {}

  async found(): Promise<void> {
    this.city = await foundSmallCity(this.other, { volunteers: 2, clients: 1, grantMinutes: 60 });
  }

  /** p95 of the other person's page, in milliseconds, for so many seconds, or for as long as harm is done where that takes longer. */
  async watched(seconds: number, harm: () => Promise<unknown> = async () => undefined): Promise<number> {
    const token = (this.city.volunteers[1] as SmallCity['volunteers'][number]).token;
    const times: number[] = [];
    const harming = { isOver: false };
    const harmed = harm().finally(() => {
      harming.isOver = true;
    });
    harmed.catch(() => undefined);
    for (let second = 0; second < seconds || !harming.isOver; second += 1) {
      const looks = timesOf(Array.from({ length: perSecond }), perSecond, async () => {
        const { status } = await this.other.send('GET', '/api/me', undefined, token);
        if (status !== 200) throw new Error(`answered ${status}`);
      });
      looks.then((found) => times.push(...found)).catch(() => undefined);
      await wait(1_000);
      this.mostMebibytes = Math.max(this.mostMebibytes, this.product.residentMebibytes());
      if (second + 1 >= seconds && harming.isOver) await looks;
    }
    await harmed;
    const { p95, dropped } = spreadOf(times, 15_000);
    this.unserved += dropped;
    return p95;
  }

  async throwBodies(count: number): Promise<Thrown> {
    const [volunteer] = this.city.volunteers as [SmallCity['volunteers'][number]];
    const thrown = await bodiesThrown({ port: this.product.port, count, token: volunteer.token });
    for (const what of Object.keys(thrown.wrong)) this.wrong.add(what);
    return thrown;
  }

  async askForFiles(): Promise<void> {
    const { bankId, volunteers } = this.city;
    const { accountId, token } = volunteers[0] as SmallCity['volunteers'][number];
    const ask = async () => {
      const path = `/api/banks/${bankId}/accounts/${accountId}/statement.pdf`;
      const answer = await this.attacker.send('GET', path, undefined, token).catch(() => null);
      const status = answer?.status ?? 'cut';
      this.files[status] = (this.files[status] ?? 0) + 1;
      if (answer?.status === 429 && answer.retryAfterSeconds === null) this.wrong.add('429 without a time');
    };
    await Promise.all(Array.from({ length: 100 }, ask));
  }

  close(): void {
    this.attacker.close();
    this.other.close();
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
  try {
    await floods.found();
    await floods.watched(3);
    const before = product.residentMebibytes();
    const rest = await floods.watched(10);
    const ratio = (milliseconds: number) => Number((milliseconds / rest).toFixed(2));
    let [thrown, kept]: [Thrown | null, number] = [null, 0];
    const throwAll = async () => {
      thrown = await floods.throwBodies(count);
    };
    const bodies = await floods.watched(5, throwAll);
    const hold = async () => {
      kept = await holdSlow(product.port, slowConnections, (floods.city.volunteers[0] as { token: string }).token, 60);
    };
    const slow = slowConnections === 0 ? null : await floods.watched(10, hold);
    const files = await floods.watched(5, () => floods.askForFiles());
    // The thread that draws files gives its memory back when it has waited for half a minute.
    await floods.watched(40);
    return {
      bodies: thrown as unknown as Thrown,
      wrong: [...floods.wrong],
      slowConnections,
      kept,
      files: floods.files,
      deaths: product.deaths,
      unserved: floods.unserved,
      p95: { rest, bodies, slow, files },
      ratios: { bodies: ratio(bodies), slow: slow === null ? null : ratio(slow), files: ratio(files) },
      memoryMebibytes: { before, most: floods.mostMebibytes, after: product.residentMebibytes() },
    };
  } finally {
    floods.close();
    await product.end();
  }
}
