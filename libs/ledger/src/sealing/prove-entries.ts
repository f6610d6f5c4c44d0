import { Injectable } from '@nestjs/common';
import { UnitOfWork } from '@timebank/database';
import { sealedTables, type CheckpointStatement, type SignedCheckpoint } from './checkpoint.rules';
import { coveredLink, transferColumns, transferContent, transferLeafData, type TransferText } from './content.rules';
import { hashAt, hashBytes, inclusionPaths, leafHash } from './merkle.rules';
import type { EntriesProof, ProvenEntry } from './proof.rules';
import { ReadCheckpoints } from './read-checkpoints';
import { leavesSql } from './sealed-rows.sql';

type Row = TransferText & { debitHash: Buffer; creditHash: Buffer; version: number; balanceAfter: number; checkpoint: number | null };

const asText = transferColumns
  .map(([, type, column]) =>
    type === 'timestamptz'
      ? `to_char(${column} at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"') as ${column}`
      : `${column}::text as ${column}`,
  )
  .join(', ');

// Each side in the order of its versions, so that Postgres walks the index of that order also by a plan made while the table was empty.
const side = (own: 'debit' | 'credit') => `
  (select ${asText}, debit_hash, credit_hash, ${own}_version as version, ${own}_balance_after as balance_after,
         (select c.number from checkpoint c where c.bank_id = $1 and c.below_xid > t.recorded_xid order by c.below_xid limit 1) as checkpoint
    from transfer t where bank_id = $1 and ${own}_account_id = $2 and ${own}_version between $3 and $4
    order by t.${own}_version limit ($4::bigint - $3::bigint + 1))`;
const entriesSql = `${side('debit')} union all ${side('credit')} order by version`;

/** The entry as its own account's owner may see it: nothing in it reveals the other account's balance. */
function entryOf(row: Row, before: Row | undefined, accountId: string, sealed: ProvenEntry['sealed']): ProvenEntry {
  const transfer = Object.fromEntries(transferColumns.map(([name]) => [name, row[name]])) as TransferText;
  const linkOf = ({ debitAccountId, debitHash, creditHash }: Row) => (debitAccountId === accountId ? debitHash : creditHash);
  const other = row.debitAccountId === accountId ? row.creditHash : row.debitHash;
  return {
    transfer,
    version: row.version,
    balanceAfter: row.balanceAfter,
    previousHash: before ? linkOf(before).toString('hex') : null,
    hash: linkOf(row).toString('hex'),
    otherHash: coveredLink(other).toString('hex'),
    sealed,
  };
}

/**
 * Entries of an account from one version to another, with everything by which a stranger can check them without this database
 * (see `verifyProof` and the room's README): the whole transfer, the account's chain, and the path to a signed checkpoint.
 * Entries that no checkpoint seals yet say so. Work grows with the rows of the checkpoints concerned.
 */
@Injectable()
export class ProveEntries {
  constructor(
    private readonly unit: UnitOfWork,
    private readonly readCheckpoints: ReadCheckpoints,
  ) {}

  async run(bankId: string, accountId: string, fromVersion: number, toVersion: number): Promise<EntriesProof> {
    return this.unit.run([bankId], async () => {
      const checkpoint = await this.readCheckpoints.newest(bankId);
      // One more before the first, for its hash.
      const rows = await this.unit.query<Row>(entriesSql, [bankId, accountId, fromVersion - 1, toVersion]);
      const checkpoints: SignedCheckpoint[] = [];
      const places = new Map<string, ProvenEntry['sealed']>();
      const asked = rows.filter((row) => row.version >= fromVersion);
      for (const number of new Set(asked.flatMap((row) => row.checkpoint ?? []).sort((left, right) => left - right))) {
        const sealing = await this.readCheckpoints.one(bankId, number);
        checkpoints.push(sealing);
        await this.place(
          sealing.statement,
          asked.filter((row) => row.checkpoint === number),
          places,
        );
      }
      const entries = asked.map((row) =>
        entryOf(row, rows[rows.indexOf(row) - 1], accountId, places.get(row.transferId as string) ?? null),
      );
      const firstOpen = asked.findIndex((_, index) => entries[index]?.sealed === null);
      const lastSealed = asked[firstOpen === -1 ? asked.length - 1 : firstOpen - 1];
      return {
        format: 'timebank proof 1',
        bankId,
        accountId,
        publicKeyId: checkpoint?.statement.keyId ?? null,
        checkpoint,
        checkpoints,
        entries,
        sealedThrough: lastSealed?.version ?? null,
      };
    });
  }

  /** Finds the place of rows in the tree of the checkpoint that seals them. A row without a leaf gets no place. */
  private async place(statement: CheckpointStatement, rows: Row[], places: Map<string, ProvenEntry['sealed']>): Promise<void> {
    const parts: Buffer[] = [];
    for (const table of sealedTables) {
      const found = await this.unit.one<{ leaves: Buffer }>(leavesSql(table), [statement.bankId, statement.fromXid, statement.belowXid]);
      parts.push(found?.leaves ?? Buffer.alloc(0));
    }
    const leaves = Buffer.concat(parts);
    const leafOf = (row: Row) => leafHash(transferLeafData(transferContent(row), coveredLink(row.debitHash), coveredLink(row.creditHash)));
    const wanted = new Map(rows.map((row) => [leafOf(row).toString('latin1'), row]));
    const found: [Row, number][] = [];
    for (let index = 0; index < leaves.length / hashBytes; index += 1) {
      const row = wanted.get(hashAt(leaves, index).toString('latin1'));
      if (row) found.push([row, index]);
    }
    const paths = inclusionPaths(
      leaves,
      found.map(([, index]) => index),
    );
    for (const [order, [row, leafIndex]] of found.entries()) {
      const path = (paths[order] ?? []).map((hash) => hash.toString('hex'));
      places.set(row.transferId as string, { checkpoint: statement.number, leafIndex, path });
    }
  }
}
