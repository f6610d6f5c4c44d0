import { setTimeout as wait } from 'node:timers/promises';
import { HttpCaller } from '../http-caller';
import { spreadOf } from '../load';
import { foundSmallCity, type SmallCity } from '../small-city';
import { BareServer } from './bare-server';
import { type Busy, BusyMeter } from './busy';
import { FloodedProduct } from './flooded-product';
import { Looker } from './looker';
import { holdSlow } from './slow-connections';
import { bodiesThrown, type FloodResult } from './thrown-bodies';

export type FloodReport = {
  bodies: FloodResult;
  /** Answered otherwise than it should be. */
  wrong: string[];
  slowConnections: number;
  kept: number;
  /** Of a hundred files at once by one volunteer, by status; `cut` got none within 15 s. */
  files: Record<string, number>;
  deaths: number;
  unserved: number;
  /** p95 in milliseconds of another person's `/api/me`: at rest, beside each flood, and beside the same flood of a server that only refuses. */
  p95: { rest: number; bodies: number; slow: number | null; files: number; bareBodies: number; bareSlow: number | null };
  /** What that is ÷ at rest. */
  ratios: { bodies: number; slow: number | null; files: number };
  /** And ÷ beside the bare server, which takes the machine's own share away. */
  overBare: { bodies: number; slow: number | null };
  /** Who had the processors meanwhile. */
  cores: Record<string, Busy>;
  memoryMebibytes: { before: number; most: number; after: number };
};

/** Floods of one started product, and another person who looks at their own page meanwhile. */
class Flood {
  private readonly attacker = new HttpCaller(`http://127.0.0.1:${this.product.port}`);
  private readonly other = new HttpCaller(`http://127.0.0.1:${this.product.port}`);
  readonly wrong = new Set<string>();
  readonly files: Record<string, number> = {};
  city!: SmallCity;
  unserved = 0;
  mostMebibytes = 0;
  readonly cores: Record<string, Busy> = {};
  private readonly meter = new BusyMeter(this.product.id, () => this.product.apiId);

  constructor(private readonly product: FloodedProduct) {}

  async found(): Promise<void> {
    this.city = await foundSmallCity(this.other, { volunteers: 2, clients: 1, grantMinutes: 60 });
  }

  /** p95 of the other person's page, in milliseconds, for so many seconds, or for as long as harm is done where that takes longer. */
  async watched(what: string, seconds: number, harm: () => Promise<unknown> = async () => undefined): Promise<number> {
    const token = (this.city.volunteers[1] as SmallCity['volunteers'][number]).token;
    const looker = await Looker.start(this.product.port, token);
    const busy = this.meter.begin();
    const harming = { isOver: false };
    const harmed = harm().finally(() => {
      harming.isOver = true;
    });
    harmed.catch(() => undefined);
    for (let second = 0; second < seconds || !harming.isOver; second += 1) {
      await wait(1_000);
      this.mostMebibytes = Math.max(this.mostMebibytes, this.product.residentMebibytes());
    }
    const times = await looker.end();
    await harmed;
    this.cores[what] = busy();
    const { p95, dropped } = spreadOf(times, 15_000);
    this.unserved += dropped;
    return p95;
  }

  async throwBodies(count: number): Promise<FloodResult> {
    const [{ token }] = this.city.volunteers as [SmallCity['volunteers'][number]];
    const thrown = await bodiesThrown({ port: this.product.port, count, token, perSecond: null });
    for (const what of Object.keys(thrown.wrong)) this.wrong.add(what);
    return thrown;
  }

  /** As many of the same bodies as fast as the product took them. */
  async throwAtBare(port: number, { thrown, perSecond }: FloodResult): Promise<void> {
    const [{ token }] = this.city.volunteers as [SmallCity['volunteers'][number]];
    await bodiesThrown({ port, count: thrown, token, perSecond });
  }

  hold(port: number, count: number): Promise<number> {
    return holdSlow(port, count, (this.city.volunteers[0] as { token: string }).token, 60);
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
 * Floods the started product and measures what another person notices of it, and of the same flood of a server that does nothing but refuse, on the
 * same machine. A small count leaves the slow connections out, which need a whole half minute to be ended.
 */
export async function flood(count: number): Promise<FloodReport> {
  const product = await FloodedProduct.start();
  const bare = await BareServer.start();
  const floods = new Flood(product);
  const slowConnections = count >= 2_000 ? 1_500 : 0;
  try {
    await floods.found();
    await floods.watched('first', 3);
    const before = product.residentMebibytes();
    const rest = await floods.watched('rest', 10);
    let [thrown, kept]: [FloodResult | null, number] = [null, 0];
    const bodies = await floods.watched('bodies', 5, async () => {
      thrown = await floods.throwBodies(count);
    });
    const bareBodies = await floods.watched('bodies at a bare server', 5, () =>
      floods.throwAtBare(bare.port, thrown as unknown as FloodResult),
    );
    const isSlowToo = slowConnections > 0;
    const hold = async () => {
      kept = await floods.hold(product.port, slowConnections);
    };
    const slow = isSlowToo ? await floods.watched('slow', 10, hold) : null;
    const bareSlow = isSlowToo ? await floods.watched('slow at a bare server', 10, () => floods.hold(bare.port, slowConnections)) : null;
    const files = await floods.watched('files', 5, () => floods.askForFiles());
    // The thread that draws files gives its memory back when it has waited for half a minute.
    await floods.watched('after', 40);
    const over = <Time extends number | null>(time: Time, other: number | null) =>
      (time === null || other === null ? null : Number((time / other).toFixed(2))) as Time;
    return {
      bodies: thrown as unknown as FloodResult,
      wrong: [...floods.wrong],
      slowConnections,
      kept,
      files: floods.files,
      deaths: product.deaths,
      unserved: floods.unserved,
      p95: { rest, bodies, slow, files, bareBodies, bareSlow },
      ratios: { bodies: over(bodies, rest), slow: over(slow, rest), files: over(files, rest) },
      overBare: { bodies: over(bodies, bareBodies), slow: over(slow, bareSlow) },
      cores: floods.cores,
      memoryMebibytes: { before, most: floods.mostMebibytes, after: product.residentMebibytes() },
    };
  } finally {
    floods.close();
    await bare.end();
    await product.end();
  }
}
