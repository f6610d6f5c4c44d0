import { onDatabase } from './on-database';

/**
 * Lets the ledger count its transactions on from what is stored, as the owner, when this server counts from before it: after a dump was
 * restored into a fresh server, or an upgrade by dump. Takes moments at any distance. Answers how many numbers were passed over, 0 when
 * nothing had to be done.
 */
export async function countTransactionsOn(ownerUrl: string): Promise<number> {
  return onDatabase(ownerUrl, async (client) => {
    await client.query(`select set_config('timebank.who', '{"work": "transactions counted on"}', false)`);
    const { rows } = await client.query<{ behind: string | null }>('select count_transactions_on()::text as behind');
    return Number(rows[0]?.behind ?? 0);
  });
}
