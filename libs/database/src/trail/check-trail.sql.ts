export type TrailFault =
  /** A row is not as the newest entry says, or has none, or is gone without one. */
  | 'wrong_row'
  /** An entry that nobody of the product made. */
  | 'changed_by_hand'
  /** What an entry tells is not what was hashed then, or is gone and nobody erased it. */
  | 'wrong_trail';

/** A kept table, with its bank and its key as SQL (`trail_bank`, `trail_key`). */
export type KeptTable = { table: string; bank: string; key: string };

const zeros = (bytes: number) => `decode(repeat('00', ${bytes}), 'hex')`;

/** Each row that an entry names, with its own part of hashes, salts and changes. `fits`: salts and changes are as many as there are rows. */
const told = `
  select t.number, t.table_name, k.key, substr(t.states, (32 * k.place - 31)::integer, 32) as state, substr(t.told, (32 * k.place - 31)::integer, 32) as told,
         substr(t.salts, (w.salt * (k.place - 1) + 1)::integer, 16) as state_salt, case when t.told is not null then substr(t.salts, (32 * k.place - 15)::integer, 16) end as change_salt,
         t.changes -> (k.place - 1)::integer as change,
         length(t.salts) = w.salt * cardinality(t.row_keys) and case when t.told is null then t.changes is null
           when jsonb_typeof(t.changes) = 'array' then jsonb_array_length(t.changes) = cardinality(t.row_keys) end as fits
    from audit_trail t cross join lateral (select case when t.told is null then 16 else 32 end as salt) w
         cross join unnest(t.row_keys) with ordinality k (key, place)
   where t.bank_id = $1 and t.act <> 'erase'`;

/** The first row of each table in bank $1 that is not as its newest entry says. */
export const rowsSql = (kept: readonly KeptTable[]): string => `
  select distinct on (table_name) table_name || ' ' || key as id
    from (select distinct on (table_name, key) table_name, key, state, state_salt from (${told}) e order by table_name, key, number desc) entry
    full join (${kept
      .map(
        ({ table, bank, key }) => `
      select '${table}' as table_name, ${key} as key, r::text as stands from ${table} r
       where coalesce(${bank}, '00000000-0000-0000-0000-000000000000') = $1`,
      )
      .join(' union all ')}) stands using (table_name, key)
   where case when stands is null then state <> ${zeros(32)}
              when state is null then true
              else state is distinct from trail_hash(state_salt, stands) end
   order by table_name, key`;

/** A row whose salts are gone, in one of its entries, was erased after that; its newest state is held against the row itself. */
const isErased = `exists (select from audit_trail later where later.bank_id = $1 and later.table_name = e.table_name and later.act = 'erase'
  and later.number > e.number and e.key = any (later.row_keys))`;

export const entryQueries: Record<Exclude<TrailFault, 'wrong_row'>, string> = {
  changed_by_hand: `
    select t.table_name || ' ' || t.row_keys[1] as id from audit_trail t
     where t.bank_id = $1 and t.work is null and t.actor_id is null order by t.number limit 1`,
  wrong_trail: `
    select e.table_name || ' ' || coalesce(e.key, '') || ' in entry ' || e.number as id from (${told}) e
     where e.fits is not true
        or case when e.change_salt = ${zeros(16)} then coalesce(e.change, 'null') <> 'null' or not ${isErased}
                else e.told <> sha256(e.change_salt || convert_to(coalesce(e.change, 'null')::text, 'UTF8')) end
        or e.state_salt = ${zeros(16)} and not ${isErased}
     order by e.number limit 1`,
};
