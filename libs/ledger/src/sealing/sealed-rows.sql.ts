import { type SealedTable, sealedTables } from './checkpoint.rules';
import { transferColumns } from './content.rules';

/** The hash of transfer `alias`. Not by SQL's `transfer_content`, which writes: who audits does not ask the writer. */
export function contentSql(alias: string): string {
  return `sha256(record_send(row(${transferColumns.map(([, , column]) => `${alias}.${column}`).join(', ')})))`;
}

/** For each sealed table: all its columns, which a leaf covers, and the key that orders its leaves. */
const shapes: Record<Exclude<SealedTable, 'transfer'>, { key: string; columns: string }> = {
  account_history: {
    key: 'account_id, revision',
    columns: 'bank_id, account_id, revision, kind, owner_id, floor_minutes, ceiling_minutes, closed, recorded_at, recorded_xid',
  },
  hold: { key: 'hold_id', columns: 'bank_id, hold_id, account_id, minutes, expires_at, placed_at, recorded_xid' },
  hold_end: {
    key: 'hold_id',
    columns: 'bank_id, hold_id, outcome, posted_minutes, released_minutes, transfer_id, ended_at, recorded_xid',
  },
  audit_trail: {
    key: 'number',
    columns:
      'bank_id, number, recorded_xid, happened_at, actor_id, role, for_id, session_id, work, reason_code, table_name, act, row_keys, states, told',
  },
  refusal: {
    key: 'transfer_id',
    columns: 'bank_id, transfer_id, code, parameters, content_hash, actor_id, recorded_at, recorded_xid',
  },
};

/** A leaf is the hash of a zero byte (RFC 6962), the table's name and the row in Postgres's binary form; of a transfer its content and both links, covered. */
function leafSql(table: SealedTable): string {
  const data =
    table === 'transfer'
      ? `${contentSql('transfer')} || sha256(debit_hash) || sha256(credit_hash)`
      : `record_send(row(${shapes[table].columns}))`;
  return `sha256('\\x00${Buffer.from(table).toString('hex')}'::bytea || ${data})`;
}

const keyOf = (table: SealedTable) => (table === 'transfer' ? 'transfer_id' : shapes[table].key);
const inStretch = 'bank_id = $1 and recorded_xid >= $2::xid8 and recorded_xid < $3::xid8';

/** The leaves of a table, bank $1, from transaction $2 to below $3, end to end in the order of their keys. */
export const leavesSql = (table: SealedTable): string =>
  `select coalesce(string_agg(${leafSql(table)}, ''::bytea order by ${keyOf(table)}), '') as leaves from ${table} where ${inStretch}`;

/** The same of several checkpoints at once, which end below the transactions $4: each with its place among them. */
export const leavesByCheckpointSql = (table: SealedTable): string =>
  `select width_bucket(recorded_xid::text::bigint, $4::bigint[])::integer as place,
          string_agg(${leafSql(table)}, ''::bytea order by ${keyOf(table)}) as leaves
     from ${table} where ${inStretch} group by place`;

/** What the leaves stand for: the first part of each row's key, in the same order. */
export const sealedIdsSql = (table: SealedTable): string =>
  `select ${keyOf(table).split(',')[0]} as id from ${table} where ${inStretch} order by ${keyOf(table)}`;

/** Below which transaction a checkpoint may end when it begins at $2 and is to seal some $3 rows of bank $1; null when it has fewer. */
export const boundarySql = `
  select (recorded_xid::text::bigint + 1)::text as below from (
    ${sealedTables.map((table) => `select recorded_xid from ${table} where bank_id = $1 and recorded_xid >= $2::xid8`).join('\n    union all ')}
  ) written order by recorded_xid offset $3 - 1 limit 1`;
