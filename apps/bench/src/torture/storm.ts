import { UnitOfWork } from '@timebank/database';
import { newId } from '@timebank/kernel';
import { AuditLedger, LedgerModule, type Posting, type PostOutcome, PostTransfers } from '@timebank/ledger';
import { openRooms, TestLedger, type TestRooms } from '@timebank/testing';
import { Random } from '../random';
import { openLedger } from './open-ledger';
import { tellProgress } from './progress';

export type StormReport = {
  seed: number;
  ids: number;
  sends: number;
  rows: number;
  /** Ids that were not posted once and repeated four times. */
  wrong: number;
  /** Ids that could be sent again for something else. */
  reusable: number;
  /** Refused ids, and those that went through later, when there were minutes for them. */
  refusedIds: number;
  risen: number;
  faults: number;
};

const wave = 200;
const sendsOfId = 5;
type Send = (posting: Posting) => Promise<PostOutcome>;

/** Two houses on one database, each with its own writer, and in each a way past the writer. */
function waysOf(houses: readonly TestRooms[], bankId: string): Send[] {
  return houses.flatMap((rooms) => {
    const post = async (posting: Posting) => (await rooms.get(PostTransfers).run([posting]))[0] as PostOutcome;
    return [post, post, (posting: Posting) => rooms.get(UnitOfWork).run([bankId], () => post(posting))];
  });
}

/** Half of them for a visit. */
function drawWave(bank: TestLedger, random: Random, size: number): Posting[] {
  return Array.from({ length: size }, () =>
    bank.posting({ minutes: random.integer(1, 5), visitId: random.integer(0, 1) === 0 ? null : newId() }),
  );
}

const changes: ((posting: Posting) => Posting)[] = [
  (posting) => ({ ...posting, minutes: posting.minutes + 1 }),
  (posting) => ({ ...posting, debitAccountId: posting.creditAccountId, creditAccountId: posting.debitAccountId }),
  (posting) => ({ ...posting, visitId: newId() }),
  (posting) => ({ ...posting, class: 'manual' }),
];

/** Sends each of a wave's ids five times at once and in no order, then each again for something else. */
async function sendWave(ways: readonly Send[], postings: readonly Posting[], random: Random, report: StormReport): Promise<void> {
  const sends = postings.flatMap((posting) => Array.from({ length: sendsOfId }, () => ({ posting, at: random.next() })));
  const answers = new Map<string, string[]>();
  await Promise.all(
    sends
      .toSorted((left, right) => left.at - right.at)
      .map(async ({ posting }) => {
        const { code, outcome } = await random.pick(ways)(posting);
        answers.set(posting.transferId, [...(answers.get(posting.transferId) ?? []), code ?? outcome]);
      }),
  );
  report.sends += sends.length;
  const wanted = ['posted', ...Array<string>(sendsOfId - 1).fill('repeated')].join();
  report.wrong += postings.filter(({ transferId }) => answers.get(transferId)?.sort().join() !== wanted).length;
  const again = await Promise.all(postings.map((posting) => random.pick(ways)(random.pick(changes)(posting))));
  report.reusable += again.filter(({ code }) => code !== 'ledger/id_reused').length;
}

/** Postings that nobody can pay yet, each sent five times at once; then the minutes arrive, and they are sent again. */
async function refuseThenFund(
  ways: readonly Send[],
  bank: TestLedger,
  random: Random,
  count: number,
): Promise<{ wrong: number; risen: number }> {
  const poor = bank.fund;
  const postings = Array.from({ length: count }, () => bank.posting({ debitAccountId: poor, minutes: random.integer(1, 5) }));
  const sends = postings.flatMap((posting) => Array.from({ length: sendsOfId }, () => posting));
  const first = await Promise.all(sends.map((posting) => random.pick(ways)(posting)));
  const opened = bank.opening(poor, 5 * count);
  await bank.post(opened);
  const later = await Promise.all(postings.map((posting) => random.pick(ways)(posting)));
  await bank.post(bank.reversal(opened));
  const isRefused = ({ code }: PostOutcome) => code === 'ledger/overdraft';
  return { wrong: first.filter((answer) => !isRefused(answer)).length, risen: later.filter((answer) => !isRefused(answer)).length };
}

/**
 * Sends `count` ids five times each at once, through two houses on one database, by their writers and inside units of work: every id
 * becomes one row, the other sends are its repeats. Sent for something else an id is refused; an id once refused stays so
 * when there are minutes for it.
 */
export async function stormIds(count: number, seed: number, open = openLedger): Promise<StormReport> {
  const random = new Random(seed);
  const report: StormReport = { seed, ids: 0, sends: 0, rows: 0, wrong: 0, reusable: 0, refusedIds: 0, risen: 0, faults: 0 };
  const first = await open();
  const houses = [first, await openRooms([LedgerModule], first)];
  try {
    const bank = await TestLedger.open(first, null);
    await bank.post(bank.posting({ minutes: 300 }));
    const rows = async () =>
      Number((await first.database.query<{ n: string }>(`select count(*) as n from transfer where kind = 'service'`))[0]?.n);
    const before = await rows();
    const ways = waysOf(houses, bank.bankId);
    while (report.ids < count) {
      const postings = drawWave(bank, random, Math.min(wave, count - report.ids));
      // The client then has just what the wave spends, and a minute posted twice would be missing.
      const spent = postings.reduce((sum, { minutes }) => sum + minutes, 0);
      await bank.post(bank.opening(bank.client, spent));
      await sendWave(ways, postings, random, report);
      report.ids += postings.length;
      const refused = await refuseThenFund(ways, bank, random, Math.ceil(postings.length / 10));
      report.refusedIds += Math.ceil(postings.length / 10);
      report.wrong += refused.wrong;
      report.risen += refused.risen;
      tellProgress('storm', report.ids, count);
    }
    report.rows = (await rows()) - before;
    report.faults = (await first.get(AuditLedger).run([bank.bankId])).faults.length;
    return report;
  } finally {
    for (const house of houses.toReversed()) await house.close();
  }
}
