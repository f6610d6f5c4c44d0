import { PutBank } from '@timebank/banks';
import { newId } from '@timebank/kernel';
import { Client } from 'pg';
import type { BenchRooms } from '../bench-rooms';

/** Volunteers, clients and open requests of all banks together. */
export type MatchedSize = { banks: number; volunteers: number; clients: number; requests: number };
export type MatchedBank = { bankId: string; volunteerIds: string[]; requestIds: string[]; ableVolunteers: number };

/** Nobody else writes these tables; what is measured must stand in them all the same. */
const into = (table: string) => `insert into ${table}`;
/** Of all volunteers so many in a hundred are away all the time: the hard filter leaves the others. */
const away = 3;
/** Laid past every wall and trigger, by a superuser: what stands about each bank's people, `$1` the bank, `$2` when, `$3` to `$5` how many. */
const steps = [
  `create temp table if not exists seat (serial integer, member_id uuid, is_client boolean)`,
  'truncate seat',
  `insert into seat select n, gen_random_uuid(), n > $3 from generate_series(1, $3::integer + $4::integer) n`,
  `${into('person')} (person_id, created_at) select member_id, $2 from seat`,
  `${into('account')} (bank_id, account_id, kind, owner_id, balance_minutes, floor_minutes, recorded_until, opened_at)
    select $1, member_id, 'member', member_id, 6000, 0, $2, $2 from seat`,
  `${into('member')} (bank_id, member_id, person_id, member_number, name, birth_date, account_id, content_hash, created_at, gender)
    select $1, member_id, member_id, '9' || lpad(serial::text, 8, '0'), 'Person ' || serial, '1950-01-01', member_id, '', $2,
      case serial % 3 when 0 then 'woman' when 1 then 'man' end from seat`,
  `${into('role')} (person_id, bank_id, role, member_id, granted_at)
    select member_id, $1, case when is_client then 'client' else 'volunteer' end, member_id, $2::timestamptz - interval '1 year' from seat`,
  `${into('availability')} (bank_id, member_id, weekly, pauses, languages, kinds, week_minutes)
    select $1, member_id, case when serial % 4 = 0 then '{[480,720),[1920,2160),[3360,3600),[6240,6480),[9120,9360)}'::int4multirange else '{}' end,
      case when serial % 100 < ${away} then '{[2000-01-01,2200-01-01)}'::datemultirange else '{}' end,
      case serial % 5 when 0 then '{wuu,zh}'::text[] when 1 then '{zh}'::text[] else '{}' end,
      case serial % 6 when 0 then '{meal,company}'::text[] else '{}' end, case when serial % 7 = 0 then 600 end
      from seat where is_client or serial % 2 = 0 or serial % 100 < ${away}`,
  `${into('client_place')} (bank_id, client_id, revision, latitude, longitude, recorded_by, recorded_at)
    select $1, member_id, 1, 32.0 + (serial % 100) * 0.002, 118.7 + (serial % 97) * 0.002, member_id, $2 from seat where is_client or serial % 10 = 0`,
  `${into('location_consent')} (person_id, revision, granted, given_at) select member_id, 1, true, $2 from seat where not is_client and serial % 10 = 0`,
  `${into('request')} (bank_id, request_id, client_id, service_kind, starts_at, ends_at, minutes, state, created_by, created_at, content_hash)
    select $1, gen_random_uuid(), c.member_id, case n % 3 when 0 then 'meal' else 'company' end, begins, begins + interval '1 hour', 60, 'open', c.member_id, $2, ''
      from generate_series(1, $5::integer) n cross join lateral (select $2::timestamptz + interval '1 day' + n % 300 * interval '1 hour' as begins) b
      join seat c on c.serial = $3::integer + 1 + n % $4::integer`,
  // A year of visits: each volunteer has been with three clients, and one in fifty once did not come.
  `${into('visit')} (bank_id, visit_id, request_id, client_id, volunteer_id, service_kind, planned_start, planned_end, planned_minutes, hold_id, state, class,
      planned_by, content_hash, created_at)
    select $1, gen_random_uuid(), gen_random_uuid(), c.member_id, v.member_id, 'company', at, at + interval '1 hour', 60, gen_random_uuid(),
      case when v.serial % 50 = 0 and n = 1 then 'no_show' else 'approved' end, 'verified', v.member_id, '', at
      from seat v cross join generate_series(1, 3) n cross join lateral (select $2::timestamptz - (v.serial % 300 + n) * interval '1 day' as at) b
      join seat c on c.serial = $3::integer + 1 + (v.serial * 7 + n) % $4::integer where not v.is_client`,
  // A month of offers to a fifth of them.
  `${into('offer')} (bank_id, offer_id, request_id, volunteer_id, service_kind, state, round, offered_at, answer_by)
    select $1, gen_random_uuid(), gen_random_uuid(), v.member_id, 'meal', case n when 1 then 'declined' else 'expired' end, 1, at, at
      from seat v cross join generate_series(1, 2) n cross join lateral (select $2::timestamptz - (v.serial % 29 + n) * interval '1 day' as at) b
     where not v.is_client and v.serial % 5 = 0`,
];

/** Values of a step, as many as it names. */
const valuesOf = (sql: string, values: readonly unknown[]) =>
  values.slice(0, Math.max(0, ...[...sql.matchAll(/\$(\d)/g)].map(([, n]) => Number(n))));

async function layBank(client: Client, bankId: string, now: Date, { volunteers, clients, requests }: MatchedSize): Promise<MatchedBank> {
  const values = [bankId, now, volunteers, clients, requests];
  for (const sql of steps) {
    // A statement takes only values that it names, and each of a known type.
    const typed = sql.includes('$')
      ? sql
          .replace(/\$1(?!\d)/g, '$1::uuid')
          .replace(/\$2(?!:)/g, '$2::timestamptz')
          .replace(/\$3(?!:)/g, '$3::integer')
      : sql;
    const given = valuesOf(typed, values);
    const used = new Set([...typed.matchAll(/\$(\d)/g)].map(([, n]) => Number(n)));
    const filler = given
      .map((_, at) => (used.has(at + 1) ? '' : `and $${at + 1}::text is not distinct from $${at + 1}::text`))
      .filter(Boolean);
    const whole = filler.length > 0 ? `with given as (select true where true ${filler.join(' ')}) ${typed}` : typed;
    await client.query(whole, given);
  }
  const idsOf = async (sql: string) => (await client.query<{ id: string }>(sql)).rows.map(({ id }) => id);
  const volunteerIds = await idsOf(
    `select member_id as id from seat where not is_client and serial % 100 >= ${away} order by serial limit 200`,
  );
  const requestIds = (
    await client.query<{ id: string }>('select request_id as id from request where bank_id = $1 order by md5(request_id::text) limit 200', [
      bankId,
    ])
  ).rows.map(({ id }) => id);
  return { bankId, volunteerIds, requestIds, ableVolunteers: Math.round((volunteers * (100 - away)) / 100) };
}

/** Banks of the same size each, past every wall. */
export async function layMatchedCity(rooms: BenchRooms, superuserUrl: string, size: MatchedSize, now: Date): Promise<MatchedBank[]> {
  const client = new Client({ connectionString: superuserUrl });
  await client.connect();
  try {
    await client.query('set session_replication_role = replica');
    const each = (count: number) => Math.round(count / size.banks);
    const ofBank = { banks: 1, volunteers: each(size.volunteers), clients: each(size.clients), requests: each(size.requests) };
    const banks: MatchedBank[] = [];
    for (let place = 0; place < size.banks; place += 1) {
      const bankId = newId();
      await rooms.get(PutBank).run(bankId, { name: `Bank ${size.banks} ${place + 1}`, phone: '025-88880000', timeZone: 'Asia/Shanghai' });
      banks.push(await layBank(client, bankId, now, ofBank));
    }
    return banks;
  } finally {
    await client.end();
  }
}
