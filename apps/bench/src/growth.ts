import { ApiProcess } from './api-process';
import { drawnAccounts, type GrownBank, type CitySize, layGrownCity } from './grown-city';
import { HttpCaller } from './http-caller';
import { rateOf, spreadOf, timesOf } from './load';
import { PrivateDatabase } from './private-database';
import { Random } from './random';
import { type Measurement, type Progress, summarise } from './report';
import { cityAdmin } from './small-city';

/** Asked of two cities with a page's length that even the smaller one fills, so that both answers are of one size. */
const pageOfRequests = 20;
const pageOfQueue = 10;
/** At most; on a busy machine less, so that what is measured is an answer and not a queue. */
const requestsASecond = 100;
const warmUps = 2_000;
const drawn = 20_000;

/**
 * What the apps ask for most: the phone's home and time pages read the member's account and the newest page of its entries, every open
 * phone of a volunteer refreshes the day bundle when it comes back into view, its list of help wanted reads the open requests, and
 * the desk opens with a lane of the approval queue. Who asks, their session and roles, is looked up in each.
 */
export const commonReads = ['account', 'entries', 'day bundle', 'open requests', 'queue'] as const;
export type CommonRead = (typeof commonReads)[number];
type Ask = { path: string; token: string };
type Account = { bankId: string; accountId: string };

/** Draws who asks for what in a city: any bank, any account of it, any of the volunteers who have a day before them. */
export class CommonReads {
  private readonly coordinators: ReadonlyMap<string, string>;
  private readonly volunteers: readonly { bankId: string; token: string }[];
  private next = 0;

  constructor(
    private readonly banks: readonly GrownBank[],
    private readonly accounts: readonly Account[],
    private readonly random: Random,
  ) {
    this.coordinators = new Map(banks.map(({ bankId, coordinator }) => [bankId, coordinator.token]));
    this.volunteers = banks.flatMap(({ bankId, volunteers }) => volunteers.map(({ token }) => ({ bankId, token })));
  }

  ask(read: CommonRead): Ask {
    if (read === 'account' || read === 'entries') return this.ofAccount(read === 'account' ? '' : '/entries?limit=30');
    if (read === 'queue') {
      const { bankId, coordinator } = this.random.pick(this.banks);
      return { path: `/api/banks/${bankId}/visits?state=ready&waiting=any&limit=${pageOfQueue}`, token: coordinator.token };
    }
    const { bankId, token } = this.random.pick(this.volunteers);
    if (read === 'day bundle') return { path: '/api/me/day-bundle', token };
    return { path: `/api/banks/${bankId}/requests?state=open&limit=${pageOfRequests}`, token };
  }

  /** The accounts are in an order of chance already; none comes again before all of them have come. */
  private ofAccount(what: string): Ask {
    const { bankId, accountId } = this.accounts[this.next % this.accounts.length] as Account;
    this.next += 1;
    return { path: `/api/banks/${bankId}/accounts/${accountId}${what}`, token: this.coordinators.get(bankId) as string };
  }
}

type Town = { reads: CommonReads; caller: HttpCaller; about: string; close(): Promise<void> };

/** A city laid and settled as autovacuum would leave it, with an API process of its own. */
async function openTown(size: CitySize, progress: Progress): Promise<Town> {
  const database = await PrivateDatabase.open();
  try {
    const members = size.banks * size.members;
    progress(`laying a city of ${members} members`);
    // While the rows come in, nobody counts and sweeps them beside it.
    await database.look(`alter system set autovacuum = off`);
    await database.look(`alter system set max_wal_size = '4GB'`);
    await database.look('select pg_reload_conf()');
    const banks = await layGrownCity(database, size, new Date(), progress);
    progress('vacuum and analyze');
    await database.look('vacuum (analyze)');
    await database.look('checkpoint');
    await database.look('alter system reset all');
    await database.look('select pg_reload_conf()');
    const accounts = await database.look<Account>(drawnAccounts, [drawn]);
    const [found] = await database.look<{ size: string; buffers: string; transfers: number }>(
      `select pg_size_pretty(pg_database_size(current_database())) as size, current_setting('shared_buffers') as buffers,
         (select count(*)::integer from transfer) as transfers`,
    );
    progress('starting its API');
    const api = await ApiProcess.start({ databaseUrl: database.url, admin: cityAdmin });
    progress(`listening; ${found?.transfers} transfers, ${found?.size}`);
    const caller = new HttpCaller(api.origin);
    return {
      reads: new CommonReads(banks, accounts, new Random(23)),
      caller,
      about: `${members} members and ${found?.transfers} transfers (${found?.size}, shared_buffers ${found?.buffers})`,
      close: async () => {
        caller.close();
        await api.end();
        await database.close();
      },
    };
  } catch (error) {
    await database.close();
    throw error;
  }
}

type Turn = Ask & { read: CommonRead; isBig: boolean; caller: HttpCaller };
/** Of one read in one round: the p95 in the big city ÷ that in the small one, and how it came about. */
type Ratio = { read: CommonRead; value: number; text: string };

/** Every read of either city by turns. */
function turnsOf(count: number, small: Town, big: Town): Turn[] {
  return Array.from({ length: count }, (_, index): Turn => {
    const isBig = index % 2 === 1;
    const read = commonReads[Math.floor(index / 2) % commonReads.length] as CommonRead;
    const { reads, caller } = isBig ? big : small;
    return { read, isBig, caller, ...reads.ask(read) };
  });
}

function ratioOf(read: CommonRead, turns: readonly Turn[], times: readonly number[]): Ratio {
  const of = (isBig: boolean) => spreadOf(times.filter((_, index) => turns[index]?.read === read && turns[index]?.isBig === isBig));
  const [big, small] = [of(true), of(false)];
  const dropped = big.dropped + small.dropped > 0 ? ` (dropped ${big.dropped} and ${small.dropped})` : '';
  return { read, value: big.p95 / small.p95, text: `${big.p50}/${big.p95} and ${small.p50}/${small.p95}${dropped}` };
}

/**
 * How much longer the five commonest reads take in a big city than in a small one: p95 ÷ p95 of each, all asked for by turns in one
 * open loop over two servers on one machine. The figure is the worst of the five. Accounts are drawn from the whole city and few come
 * twice, so that the big one answers from the disk or the system's cache as often as it would. Nothing is asked of absolute milliseconds.
 */
export async function measureGrowth(
  load: { small: CitySize; big: CitySize; rounds: number; secondsARound: number },
  progress: Progress,
): Promise<Measurement> {
  const small = await openTown(load.small, progress);
  try {
    const big = await openTown(load.big, progress);
    try {
      const send = async ({ caller, path, token }: Turn) => void (await caller.must('GET', path, undefined, token));
      progress('one pass to warm up');
      const rate = await rateOf(turnsOf(warmUps, small, big), 4, send);
      const openRate = Math.min(requestsASecond, Math.ceil(rate / 3));
      const ratios: Ratio[] = [];
      for (let round = 1; round <= load.rounds; round += 1) {
        progress(`reading both, ${round} of ${load.rounds}`);
        const turns = turnsOf(openRate * load.secondsARound, small, big);
        const times = await timesOf(turns, openRate, send);
        ratios.push(...commonReads.map((read) => ratioOf(read, turns, times)));
      }
      return figureOf(`${big.about} and ${small.about}`, openRate, ratios);
    } finally {
      await big.close();
    }
  } finally {
    await small.close();
  }
}

function figureOf(cities: string, openRate: number, ratios: readonly Ratio[]): Measurement {
  const found = commonReads.map((read) => {
    const ofRead = ratios.filter((ratio) => ratio.read === read);
    const { median, text } = summarise(ofRead.map(({ value }) => value));
    return { median, text: `${read} ${text}: ${ofRead.map((ratio) => ratio.text).join(', ')}` };
  });
  return {
    value: Number(Math.max(...found.map(({ median }) => median)).toFixed(2)),
    note: `the worst of five; p50/p95 ms at ${cities}, after ${warmUps} reads to warm up, open loop at ${openRate}/s: ${found.map(({ text }) => text).join('; ')}`,
  };
}
