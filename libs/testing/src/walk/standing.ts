import type { TestDatabase } from '../test-database';
import type { ModelBooks } from './model-books';

type StandingRequest = { bankIds: readonly string[]; answer: (stands: string) => void; fail: (error: unknown) => void };

/** Every account of some banks on a line of its own, in id order, and each bank's sum. */
const sql = `
  select bank_id as "bankId", sum(balance_minutes)::int as sum,
         string_agg(concat_ws(' ', account_id, balance_minutes, held_out_minutes, coalesce(floor_minutes::text, '-'),
                              coalesce(ceiling_minutes::text, '-'), case when closed_at is null then 'open' else 'closed' end),
                    E'\\n' order by account_id) as accounts
    from account where bank_id = any ($1) group by bank_id`;

/** Accounts as the database has them, past row security. Callers who ask while a look is under way share the next one. */
export class Standing {
  private waiting: StandingRequest[] = [];
  private isLooking = false;

  constructor(private readonly database: TestDatabase) {}

  of(bankIds: readonly string[]): Promise<string> {
    return new Promise((answer, fail) => {
      this.waiting.push({ bankIds, answer, fail });
      if (!this.isLooking) setImmediate(() => void this.look());
      this.isLooking = true;
    });
  }

  private async look(): Promise<void> {
    while (this.waiting.length > 0) {
      const asked = this.waiting.splice(0);
      try {
        const rows = await this.database.query<{ bankId: string; sum: number; accounts: string }>(sql, [
          asked.flatMap(({ bankIds }) => bankIds),
        ]);
        const stands = new Map(rows.map(({ bankId, sum, accounts }) => [bankId, `sum ${sum}\n${accounts}`]));
        for (const { bankIds, answer } of asked) answer(bankIds.map((bankId) => stands.get(bankId)).join('\n'));
      } catch (error) {
        for (const { fail } of asked) fail(error);
      }
    }
    this.isLooking = false;
  }
}

/** The same of the model's books, where every bank sums to zero. */
export function modelStanding(books: ModelBooks, bankIds: readonly string[]): string {
  return bankIds
    .map((bankId) => {
      const lines = books
        .accountsOf(bankId)
        .map(({ accountId, balance, held, floorMinutes, ceilingMinutes, isClosed }) =>
          [accountId, balance, held, floorMinutes ?? '-', ceilingMinutes ?? '-', isClosed ? 'closed' : 'open'].join(' '),
        );
      return `sum 0\n${lines.sort().join('\n')}`;
    })
    .join('\n');
}
