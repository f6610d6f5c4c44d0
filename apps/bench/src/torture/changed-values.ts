import type { Random } from '../random';

export type Column = { table: string; name: string; type: string };

/** Another value of a column's type, made from a random text $1. */
const otherValue: Readonly<Record<string, string>> = {
  uuid: 'md5($1)::uuid',
  timestamptz: `now() + length($1) * interval '1 day'`,
  date: `current_date + (hashtext($1) & 255)`,
  xid8: `(hashtext($1) & 255)::text::xid8`,
  int8: 'hashtext($1)::bigint',
  int4: 'hashtext($1) & 65535',
  int2: '(hashtext($1) & 63)::smallint',
  float8: '(hashtext($1) & 63)::float8',
  _text: 'array[left(md5($1), 6)]',
  text: 'left(md5($1), 6)',
  bytea: `sha256(convert_to($1, 'UTF8'))`,
  jsonb: 'to_jsonb($1::text)',
  bool: 'hashtext($1) % 2 = 0',
};

/** Four ways to put another value into a column: any of its type, none, another row's, or the next one. $1 and $2 are random texts. */
export function anotherValue(random: Random, { table, name, type }: Column): { how: string; value: string | undefined } {
  const how = random.pick(['other', 'null', 'neighbour', 'step'] as const);
  const stepped: Record<string, string> = {
    int4: `${name} + 1`,
    int8: `${name} - 1`,
    date: `${name} - 1`,
    timestamptz: `${name} + interval '1 microsecond'`,
  };
  const value = {
    other: otherValue[type],
    null: 'null',
    step: stepped[type] ?? otherValue[type],
    neighbour: `(select ${name} from ${table} order by md5(ctid::text || $2) limit 1)`,
  }[how];
  return { how, value };
}
