import { pageOf } from '@timebank/database';
import { ApiProcess } from './api-process';
import { HttpCaller } from './http-caller';
import { rateOf, spreadOf, timesOf } from './load';
import { type LongAccount, openLongAccounts } from './long-accounts';
import { PrivateDatabase } from './private-database';
import { Random } from './random';
import { type Measurement, type Progress, summarise } from './report';
import { cityAdmin, signIn } from './small-city';

const entriesOfShort = 1_000;
const secondsARound = 24;
/** At most; on a busy machine less, so that what is measured is an answer and not a queue. */
const requestsASecond = 100;
const warmUps = 200;

type Group = 'pages' | 'statements';
type Ask = { group: Group; isLong: boolean; path: string };
/** Of one group in one round: the p95 of the long account ÷ that of the short one, and how it came about. */
type Ratio = { group: Group; value: number; text: string };

/** A place in an account's entries, as the API writes it, somewhere deep. */
function deepCursor({ entries }: LongAccount, random: Random): string {
  const { nextCursor } = pageOf([null, null], 1, () => [random.integer(51, entries - 1)]);
  return nextCursor as string;
}

/** What people look at, long and short account by turns: the newest page, a page somewhere deep, a month as JSON and as CSV. */
function asksOf(count: number, base: string, month: string, accounts: readonly [LongAccount, LongAccount], random: Random): Ask[] {
  const paths = (account: LongAccount): [Group, string][] => [
    ['pages', '/entries?limit=50'],
    ['pages', `/entries?limit=50&cursor=${deepCursor(account, random)}`],
    ['statements', `/statement.json?month=${month}`],
    ['statements', `/statement.csv?month=${month}`],
  ];
  return Array.from({ length: count }, (_, index): Ask => {
    const account = accounts[index % 2] as LongAccount;
    const [group, path] = paths(account)[Math.floor(index / 2) % 4] as [Group, string];
    return { group, isLong: account === accounts[1], path: `${base}/accounts/${account.accountId}${path}` };
  });
}

function ratioOf(group: Group, asks: readonly Ask[], times: readonly number[]): Ratio {
  const of = (isLong: boolean) => spreadOf(times.filter((_, index) => asks[index]?.group === group && asks[index]?.isLong === isLong));
  const [long, short] = [of(true), of(false)];
  const dropped = long.dropped + short.dropped > 0 ? `, dropped ${long.dropped} and ${short.dropped}` : '';
  return { group, value: long.p95 / short.p95, text: `${group} ${long.p50}/${long.p95} and ${short.p50}/${short.p95}${dropped}` };
}

/**
 * How much longer a page of entries and a month's statement take at an account with very many entries than at one with a thousand:
 * p95 ÷ p95, both asked for by turns in one open loop. The figure is the worse of pages and statements.
 */
export async function measureStatements(load: { entries: number; rounds: number }, progress: Progress): Promise<Measurement> {
  const database = await PrivateDatabase.open();
  try {
    const { bankId, month, short, long } = await openLongAccounts(database.url, { short: entriesOfShort, long: load.entries }, progress);
    await database.analyze();
    const api = await ApiProcess.start({ databaseUrl: database.url, admin: cityAdmin });
    const caller = new HttpCaller(api.origin);
    try {
      caller.token = await signIn(caller, cityAdmin.phone, cityAdmin.password);
      const asks = (count: number) => asksOf(count, `/api/banks/${bankId}`, month, [short, long], random);
      const random = new Random(11);
      const send = async ({ path }: Ask) => void (await caller.must('GET', path));
      const openRate = Math.min(requestsASecond, Math.ceil((await rateOf(asks(warmUps), 4, send)) / 3));
      const ratios: Ratio[] = [];
      for (let round = 1; round <= load.rounds; round += 1) {
        progress(`reading both, ${round} of ${load.rounds}`);
        const asked = asks(openRate * secondsARound);
        const times = await timesOf(asked, openRate, send);
        ratios.push(ratioOf('pages', asked, times), ratioOf('statements', asked, times));
      }
      return figureOf(load.entries, openRate, ratios);
    } finally {
      caller.close();
      await api.end();
    }
  } finally {
    await database.close();
  }
}

function figureOf(entries: number, openRate: number, ratios: readonly Ratio[]): Measurement {
  const of = (group: Group) => summarise(ratios.filter((ratio) => ratio.group === group).map(({ value }) => value));
  const [pages, statements] = [of('pages'), of('statements')];
  const how = ratios.map(({ text }) => text).join('; ');
  return {
    value: Number(Math.max(pages.median, statements.median).toFixed(2)),
    note: `pages ${pages.text}, statements ${statements.text}; p50/p95 ms at ${entries} and ${entriesOfShort} entries, open loop at ${openRate}/s: ${how}`,
  };
}
