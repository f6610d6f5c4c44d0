import { refuse } from '@timebank/contract';
import type { UnitOfWork } from '@timebank/database';

/** Those who change the set of city admins come one after another; two who leave at once would otherwise both see the other. */
export async function lockCityAdmins(unit: UnitOfWork): Promise<void> {
  await unit.query(`select pg_advisory_xact_lock(hashtextextended('timebank city admins', 0))`);
}

/** How many city admins could sign in, without counting one person. */
export async function countCityAdmins(unit: UnitOfWork, exceptPersonId: string | null): Promise<number> {
  const row = await unit.one<{ admins: number }>(
    `select count(*)::int as admins from role join person using (person_id)
      where role.bank_id is null and role.role = 'admin' and person.disabled_at is null and person_id is distinct from $1`,
    [exceptPersonId],
  );
  return row?.admins ?? 0;
}

/** Refuses `access/last_admin` when a person is the only one left who can run the city. Held until the unit ends. */
export async function keepAnAdmin(unit: UnitOfWork, personId: string): Promise<void> {
  await lockCityAdmins(unit);
  const own = await unit.one(`select 1 from role where person_id = $1 and bank_id is null and role = 'admin'`, [personId]);
  if (own && (await countCityAdmins(unit, personId)) === 0) throw refuse('access/last_admin');
}
