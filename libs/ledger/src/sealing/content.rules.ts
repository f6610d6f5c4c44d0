import { hash } from 'node:crypto';

/** Types of Postgres whose binary form is known here, by the number that Postgres gives them. */
const typeNumbers = { uuid: 2950, timestamptz: 1184, xid8: 5069, int4: 23, text: 25 } as const;
type ColumnType = keyof typeof typeNumbers;

/**
 * What both sides of a transfer may know, in the order in which its content is hashed, and the name of each column in a proof. Versions and balances
 * belong to one side and are in its link.
 */
export const transferColumns = [
  ['bankId', 'uuid', 'bank_id'],
  ['transferId', 'uuid', 'transfer_id'],
  ['debitAccountId', 'uuid', 'debit_account_id'],
  ['creditAccountId', 'uuid', 'credit_account_id'],
  ['visitId', 'uuid', 'visit_id'],
  ['reversesId', 'uuid', 'reverses_id'],
  ['actorId', 'uuid', 'actor_id'],
  ['effectiveAt', 'timestamptz', 'effective_at'],
  ['recordedAt', 'timestamptz', 'recorded_at'],
  ['recordedXid', 'xid8', 'recorded_xid'],
  ['minutes', 'int4', 'minutes'],
  ['kind', 'text', 'kind'],
  ['class', 'text', 'class'],
  ['memoCode', 'text', 'memo_code'],
] as const satisfies readonly (readonly [string, ColumnType, string])[];

/** A transfer as text, column by column; instants as `2026-03-02T01:00:00.000000Z`. */
export type TransferText = Record<(typeof transferColumns)[number][0], string | null>;

/** Postgres counts microseconds from here. */
const postgresEpoch = Date.UTC(2000, 0, 1);

function int8Bytes(value: bigint): Buffer {
  const bytes = Buffer.allocUnsafe(8);
  bytes.writeBigInt64BE(value);
  return bytes;
}

function int4Bytes(value: number): Buffer {
  const bytes = Buffer.allocUnsafe(4);
  bytes.writeInt32BE(value);
  return bytes;
}

const whole = /^(0|-?[1-9]\d{0,18})$/;

/** One spelling for each value, so that two texts never say the same bytes. */
const spellings: Record<ColumnType, RegExp> = {
  uuid: /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/,
  timestamptz: /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{6}Z$/,
  xid8: /^(0|[1-9]\d{0,19})$/,
  int4: whole,
  text: /^\P{Surrogate}*$/u,
};

function microseconds(text: string): bigint {
  return BigInt(Date.parse(`${text.slice(0, 19)}Z`) - postgresEpoch) * 1_000n + BigInt(text.slice(20, 26));
}

const writers: Record<ColumnType, (text: string) => Buffer> = {
  uuid: (text) => Buffer.from(text.replaceAll('-', ''), 'hex'),
  timestamptz: (text) => int8Bytes(microseconds(text)),
  xid8: (text) => int8Bytes(BigInt.asIntN(64, BigInt(text))),
  int4: (text) => int4Bytes(Number(text)),
  text: (text) => Buffer.from(text, 'utf8'),
};

/**
 * Postgres's binary form of a record (`record_send`): how many columns, then of each its type's number, its length in bytes or
 * -1 for null, and its bytes.
 */
export function recordBytes(cells: readonly (readonly [ColumnType, string | null])[]): Buffer {
  const parts = [int4Bytes(cells.length)];
  for (const [type, text] of cells) {
    if (text !== null && !spellings[type].test(text)) throw new Error(`not a ${type}: ${text}`);
    const bytes = text === null ? null : writers[type](text);
    parts.push(int4Bytes(typeNumbers[type]), int4Bytes(bytes?.length ?? -1));
    if (bytes) parts.push(bytes);
  }
  return Buffer.concat(parts);
}

/** The hash of a transfer's content: SQL's `transfer_content`. Throws when a column cannot be read. */
export function transferContent(transfer: TransferText): Buffer {
  return hash('sha256', recordBytes(transferColumns.map(([name, type]) => [type, transfer[name]])), 'buffer');
}

/** The next link of an account's chain of hashes, with the account's version and balance; a chain begins with nothing. */
export function extendChain(head: Buffer | null, content: Buffer, version: number, balanceAfter: number): Buffer {
  const own = [int8Bytes(BigInt(version)), int8Bytes(BigInt(balanceAfter))];
  return hash('sha256', Buffer.concat([head ?? Buffer.alloc(0), content, ...own]), 'buffer');
}

/** A link as the other side of the transfer may know it: the link itself would let them try out versions and balances. */
export const coveredLink = (link: Buffer): Buffer => hash('sha256', link, 'buffer');

/** A transfer's part of a checkpoint's tree: its content and both links, covered. */
export function transferLeafData(content: Buffer, coveredDebit: Buffer, coveredCredit: Buffer): Buffer {
  return Buffer.concat([Buffer.from('transfer'), content, coveredDebit, coveredCredit]);
}
