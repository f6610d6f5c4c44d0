import { Refusal } from '@timebank/kernel';
import { AuditLedger } from '@timebank/ledger';
import type { TestRooms } from '@timebank/testing';
import { type Double, doubles } from './double-kinds';
import { DoubleScene } from './double-scene';
import { tellProgress } from './progress';

export type DoublesReport = { seed: number; rounds: number; pairs: number; wrong: number; firstWrong: string[]; faults: number };

const codeOf = (error: unknown): string => {
  if (error instanceof Refusal) return error.code;
  return `fault: ${String(error)}`;
};

async function sendBoth(scene: DoubleScene, { sends }: Double): Promise<string[]> {
  const houses: TestRooms[] = [scene.house(), scene.house()];
  const answers = await Promise.all(sends.map((send, index) => send(houses[index] as TestRooms).catch(codeOf)));
  return answers.sort();
}

/** What the answers alone do not show: each hold has ended once at the most, each closed account has closed once. */
async function countTwice(scene: DoubleScene): Promise<number> {
  const [row] = await scene.city.rooms.database.query<{ twice: number }>(
    `select (select count(*) from (select from hold_end group by bank_id, hold_id having count(*) > 1) ended)::int
          + (select count(*) from (select from account_history where closed group by bank_id, account_id having count(*) > 1) closed)::int
          + (select count(*) from (select from settlement group by bank_id, member_id having count(*) > 1) settled)::int as twice`,
  );
  return row?.twice ?? 0;
}

/**
 * In each of `count` rounds everything that must happen once (approve, post, release, expire, reverse, close, settle) is sent
 * twice at once by the real abilities, from two houses with connections of their own. Exactly one may win, the other must say so.
 */
export async function sendTwice(count: number, seed: number): Promise<DoublesReport> {
  const report: DoublesReport = { seed, rounds: 0, pairs: 0, wrong: 0, firstWrong: [], faults: 0 };
  const scene = await DoubleScene.open(seed);
  try {
    for (; report.rounds < count; report.rounds += 1) {
      for (const [name, draw] of Object.entries(doubles)) {
        const double = await draw(scene);
        const answers = await sendBoth(scene, double);
        report.pairs += 1;
        if (double.mayBe.some((wanted) => wanted.join() === answers.join())) continue;
        report.wrong += 1;
        if (report.firstWrong.length < 5) report.firstWrong.push(`${name}: ${answers.join(', ')}`);
      }
      tellProgress('doubles', report.rounds + 1, count);
    }
    const { city, ledger, debtorBankId } = scene;
    const { faults } = await city.get(AuditLedger).run([city.bankId, ledger.bankId, debtorBankId]);
    report.faults = faults.length + (await countTwice(scene));
    return report;
  } finally {
    await scene.close();
  }
}
