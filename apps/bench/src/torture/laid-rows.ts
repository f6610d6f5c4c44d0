import { tables } from '@timebank/database';
import type { TestCity } from '@timebank/testing';

type Laid = { name: string; type: string; isNeeded: boolean; words: string[] | null };

/** A first value of a column's type; where a CHECK lists words, one of them. */
const valueOf: Readonly<Record<string, string>> = {
  uuid: 'gen_random_uuid()',
  timestamptz: 'now()',
  date: 'current_date',
  int8: '1',
  int4: '1',
  int2: '1',
  float8: '1',
  bool: 'true',
  text: `'x'`,
  bytea: `sha256('x')`,
  jsonb: `'{}'`,
  _text: `'{}'`,
};

const attempts = 12;

/**
 * One row in each audited table that has none yet, by a statement of which the trail knows: only its own checks hold, no foreign key and no
 * other trigger. Tables whose checks want more than first values stay empty.
 */
export async function layRowsWhereNone(city: TestCity): Promise<void> {
  const { query } = city.rooms.database;
  for (const table of Object.keys(tables).filter((name) => typeof tables[name]?.trail === 'string')) {
    if ((await query(`select from ${table} limit 1`)).length > 0) continue;
    const columns = await query<Laid>(
      `select column_name as name, udt_name as type, is_nullable = 'NO' and column_default is null and is_identity = 'NO' as "isNeeded",
              (select array_agg(word[1]) from pg_constraint k, regexp_matches(pg_get_constraintdef(k.oid), '''([A-Za-z_]+)''::text', 'g') word
                where k.conrelid = to_regclass(table_name) and k.contype = 'c' and cardinality(k.conkey) = 1
                  and k.conkey[1] = ordinal_position) as words
         from information_schema.columns where table_schema = 'public' and table_name = $1 and is_generated = 'NEVER' order by ordinal_position`,
      [table],
    );
    const needed = columns.filter(({ isNeeded }) => isNeeded);
    for (let attempt = 0; attempt < attempts; attempt += 1) {
      const cells = needed.map(({ name, type, words }) =>
        name === 'bank_id'
          ? `'${city.bankId}'`
          : name === 'month'
            ? `'2026-03'`
            : words
              ? `'${words[attempt % words.length]}'`
              : (valueOf[type] ?? 'null'),
      );
      const laid = await query(
        `begin; alter table ${table} enable always trigger trail_of_inserts; set local session_replication_role = replica;
         insert into ${table} (${needed.map(({ name }) => name).join(', ')}) values (${cells.join(', ')});
         alter table ${table} enable trigger trail_of_inserts; commit`,
      ).then(
        () => true,
        () => false,
      );
      if (laid) break;
      await query('rollback');
    }
  }
}
