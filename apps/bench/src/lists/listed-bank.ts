import { ApiProcess } from '../api-process';
import { type GrownBank, layGrownCity } from '../grown-city';
import { type Columns, type LayingStep, memberSteps, type ModelRows, visitSteps } from '../grown-rows';
import { PrivateDatabase } from '../private-database';
import type { Progress } from '../report';
import { cityAdmin } from '../small-city';

const members = 100_000;
/** Every so many of them has a visit that is paid, or one that waits. */
const [paidEvery, waitsEvery] = [5, 20];
export const listed = { members, paid: members / paidEvery, waiting: members / waitsEvery };
type Where = Parameters<typeof layGrownCity>[0];

/** Two Chinese letters that are nobody else's. */
const name = `chr(19968 + laid.serial % 997) || chr(21000 + laid.serial / 997)`;
/** Laid like all the copies: past every wall, by a superuser. */
const [roles, visits, findings] = ['role', 'visit', 'visit_exception'];
const needless = ['session', 'account_history', 'transfer'];

const also = (role: string, every: number): LayingStep => ({
  what: `each ${role}`,
  sql: `insert into ${roles} (person_id, bank_id, role, member_id, granted_at)
    select member_id, bank_id, '${role}', member_id, joined from seat cross join town where serial % ${every} = 1`,
});

/** Every so many of the clean visits that wait go to another lane, with what was found. */
const found = (code: string, lane: string, state: string, every: number): LayingStep => ({
  what: `the ${lane} lane`,
  sql: `with moved as (
      update ${visits} set state = '${state}', lane = '${lane}' from seat, town where ${visits}.bank_id = town.bank_id and ${visits}.client_id = seat.member_id
         and ${visits}.state = 'ready' and serial / ${waitsEvery} % ${every} = 1 returning ${visits}.*)
    insert into ${findings} (bank_id, visit_id, code, lane, parameters, raised_at)
    select bank_id, visit_id, '${code}', '${lane}', '{"minutes": 12}', captured_out from moved`,
});

/** What copies have alike is made unlike: roles from everybody's to a few people's, kinds of service, lanes. */
const unlike: LayingStep[] = [
  {
    what: 'volunteers',
    sql: `delete from ${roles} using seat where person_id = seat.member_id and role = 'volunteer' and serial % 4 <> 0`,
  },
  also('proxy', 33),
  also('coordinator', 1_000),
  {
    what: 'kinds',
    sql: `update ${visits} set service_kind = 'meal' from seat where client_id = seat.member_id and serial % 3 = 0`,
  },
  found('MISSING_OUT', 'red', 'needs_fix', 8),
  found('LATE_IN', 'yellow', 'needs_ack', 3),
];

const stepsOf = (columns: Columns, model: ModelRows): LayingStep[] => [
  ...memberSteps(columns, model, name).filter(({ what }) => !needless.includes(what)),
  ...visitSteps(columns, model, model.doneVisitId, `(select * from served where is_visited and serial % ${paidEvery} = 0)`, true),
  ...visitSteps(columns, model, model.waitingVisitId, 'waiting', false),
  ...unlike,
];

/** One bank of so many members, a fifth of them with a paid visit, a twentieth with one that waits. */
export async function layListedBank(where: Where, size: number, now: Date, progress: Progress): Promise<GrownBank> {
  const banks = await layGrownCity(where, { banks: 1, members: size, volunteers: 0, waitsEvery }, now, progress, stepsOf);
  return banks[0] as GrownBank;
}

export type ListedBank = GrownBank & { database: PrivateDatabase; api: ApiProcess; close(): Promise<void> };

/** One bank as large as its desk's lists must bear, settled as autovacuum would leave it, with an API of its own. */
export async function openListedBank(progress: Progress, size = members): Promise<ListedBank> {
  const database = await PrivateDatabase.open();
  try {
    await database.look('alter system set autovacuum = off');
    await database.look(`alter system set max_wal_size = '4GB'`);
    await database.look('select pg_reload_conf()');
    const bank = await layListedBank(database, size, new Date(), progress);
    await database.look('vacuum (analyze)');
    await database.look('alter system reset all');
    await database.look('select pg_reload_conf()');
    const api = await ApiProcess.start({ databaseUrl: database.url, admin: cityAdmin });
    const close = async () => {
      await api.end();
      await database.close();
    };
    return { ...bank, database, api, close };
  } catch (error) {
    await database.close();
    throw error;
  }
}
