import { setTimeout as wait } from 'node:timers/promises';
import { Injectable } from '@nestjs/common';
import { UnitOfWork } from '@timebank/database';
import { CheckpointFolder } from '../sealing/checkpoint-folder';
import {
  canonicalJson,
  countIn,
  isGenuine,
  leavesIn,
  previousNumberOf,
  readStatementText,
  type CheckpointStatement,
  sealedTables,
  type SealedTable,
  statementHash,
} from '../sealing/checkpoint.rules';
import { hashAt, hashBytes, merkleRoot } from '../sealing/merkle.rules';
import { ReadRestores } from '../sealing/read-restores';
import { isGenuineRestore, restoreFile, type RestoreStatement, type SignedRestore, voidedBy } from '../sealing/restore.rules';
import { leavesByCheckpointSql, sealedIdsSql } from '../sealing/sealed-rows.sql';

export type CheckpointFault =
  | 'checkpoint_missing'
  | 'checkpoint_edited'
  | 'checkpoint_key_unknown'
  | 'checkpoint_unlinked'
  | 'checkpoint_differs'
  | 'checkpoint_broken'
  | 'restore_differs';
export type FoundCheckpointFault = { fault: CheckpointFault; id: string };

/** A superuser may have put nothing anywhere. */
type Row = { number: number | null; statement: string | null; signature: Buffer | null; belowXid: string | null };
type CheckpointFindings = { statements: CheckpointStatement[]; faults: FoundCheckpointFault[]; restores: RestoreStatement[] };

/** About this many rows are hashed by one query. */
const stretchRows = 250_000;
/** A checkpoint is published moments after its commit; an audit that runs beside the sealing waits this long for the newest. */
const publishedWithinMs = 2_000;

/** Compares a bank's rows with its published checkpoints: first the files by themselves, then each root with the rows. */
@Injectable()
export class AuditCheckpoints {
  constructor(
    private readonly unit: UnitOfWork,
    private readonly readRestores: ReadRestores,
  ) {}

  /**
   * Checks a bank's files from a number on: present, unedited, signed by a published key, linked, and equal to the database's copies. Without a
   * folder the database's own copies count as published. Answers the statements that can be relied on. A number that a restore made void is not
   * checked any more. A checkpoint sealed meanwhile is for the next audit: the folder is listed before the copies are read.
   */
  async look(bankId: string, folder: CheckpointFolder | null, fromNumber = 1): Promise<CheckpointFindings> {
    const publishedTo = folder?.newest(bankId) ?? 0;
    const rows = await this.unit.run([bankId], () =>
      this.unit.query<Row>(
        'select number, statement, signature, below_xid::text from checkpoint where bank_id = $1 and number >= $2 order by number',
        [bankId, fromNumber],
      ),
    );
    const stored = new Map(rows.map((row) => [row.number, row]));
    const restores = (await this.readRestores.kept(bankId)).map(({ restore }) => restore);
    if (!folder) return storedAlone(rows, restores);
    const keys = folder.keys();
    const looked: CheckpointFindings = {
      statements: [],
      faults: restoreFaults(folder.restores(bankId), restores, keys),
      restores: restores.map(({ statement }) => statement),
    };
    const last = Math.max(publishedTo, ...rows.map((row) => row.number ?? 0));
    if (last > publishedTo) await untilPublished(folder, bankId, last);
    // No two of a number, and none without one: a superuser may have dropped the key.
    const extra = rows.find((row, index) => row.number === null || row.number === rows[index + 1]?.number);
    if (extra) looked.faults.push({ fault: 'checkpoint_differs', id: String(extra.number) });
    let before: CheckpointStatement | null = null;
    let isFirstOfAll = fromNumber === 1;
    for (let number = fromNumber; number <= last; number += 1) {
      const find = (fault: CheckpointFault) => looked.faults.push({ fault, id: String(number) });
      const published = folder.read(bankId, number);
      if (voidedBy(restores, number) && !stored.has(number)) continue;
      if (published === 'missing') find('checkpoint_missing');
      else if (published === 'edited') find('checkpoint_edited');
      else if (!keys.has(published.statement.keyId)) find('checkpoint_key_unknown');
      else if (!isGenuine(published, keys)) find('checkpoint_edited');
      else {
        if (before ? !follows(published.statement, before) : isFirstOfAll && !isFirst(published.statement)) find('checkpoint_unlinked');
        const row = stored.get(number);
        if (!row || !isSame(row, published.statement, published.signature)) find('checkpoint_differs');
        looked.statements.push(published.statement);
      }
      before = typeof published === 'string' ? null : published.statement;
      isFirstOfAll = false;
    }
    return looked;
  }

  /** The newest published number that is not void; 0 when there is none. */
  async newestStanding(bankId: string, folder: CheckpointFolder): Promise<number> {
    const restores = (await this.readRestores.kept(bankId)).map(({ restore }) => restore);
    let number = folder.newest(bankId);
    for (let said = voidedBy(restores, number); said; said = voidedBy(restores, number)) number = said.voidFrom - 1;
    return number;
  }

  /** Cuts statements into runs of about as many rows as one query takes. */
  stretches(statements: readonly CheckpointStatement[]): CheckpointStatement[][] {
    const runs: CheckpointStatement[][] = [];
    let rows = Number.POSITIVE_INFINITY;
    for (const statement of statements) {
      const follows = runs.at(-1)?.at(-1)?.belowXid === statement.fromXid;
      if (rows + leavesIn(statement) > stretchRows || !follows) {
        runs.push([]);
        rows = 0;
      }
      runs.at(-1)?.push(statement);
      rows += leavesIn(statement);
    }
    return runs;
  }

  /** Recomputes the roots of a run of checkpoints, inside a unit of work. Names the first row that differs where the published leaves tell. */
  async compare(run: readonly CheckpointStatement[], folder: CheckpointFolder | null): Promise<FoundCheckpointFault[]> {
    const [first, last] = [run[0], run.at(-1)];
    if (!first || !last) return [];
    const found = run.map(() => new Map<SealedTable, Buffer>());
    for (const table of sealedTables) {
      const parts = await this.unit.query<{ place: number; leaves: Buffer }>(leavesByCheckpointSql(table), [
        first.bankId,
        first.fromXid,
        last.belowXid,
        run.map((statement) => statement.belowXid),
      ]);
      for (const { place, leaves } of parts) found[place]?.set(table, leaves);
    }
    const faults: FoundCheckpointFault[] = [];
    for (const [place, statement] of run.entries()) {
      const parts = sealedTables.map((table) => found[place]?.get(table) ?? Buffer.alloc(0));
      const counted = parts.every((part, index) => part.length / hashBytes === countIn(statement, sealedTables[index] as SealedTable));
      const leaves = Buffer.concat(parts);
      if (counted && merkleRoot(leaves).toString('hex') === statement.root) continue;
      faults.push({ fault: 'checkpoint_broken', id: await this.nameRow(statement, leaves, folder) });
    }
    return faults;
  }

  /** The id of the first row whose leaf is not the published one, or else the checkpoint's number. */
  private async nameRow(statement: CheckpointStatement, leaves: Buffer, folder: CheckpointFolder | null): Promise<string> {
    const published = folder?.leaves(statement.bankId, statement.number);
    if (!published || merkleRoot(published).toString('hex') !== statement.root) return String(statement.number);
    let place = 0;
    while (place * hashBytes < leaves.length && hashAt(leaves, place).equals(hashAt(published, place))) place += 1;
    for (const table of sealedTables) {
      const ids = await this.unit.query<{ id: string }>(sealedIdsSql(table), [statement.bankId, statement.fromXid, statement.belowXid]);
      if (place < ids.length) return ids[place]?.id ?? String(statement.number);
      place -= ids.length;
    }
    return String(statement.number);
  }
}

async function untilPublished(folder: CheckpointFolder, bankId: string, number: number): Promise<void> {
  const until = performance.now() + publishedWithinMs;
  while (!folder.has(bankId, number) && performance.now() < until) await wait(20);
}

/** The checkpoints as the database itself has them. */
function storedAlone(rows: readonly Row[], restores: readonly SignedRestore[]): CheckpointFindings {
  const looked: CheckpointFindings = { statements: [], faults: [], restores: restores.map(({ statement }) => statement) };
  for (const { number, statement } of rows) {
    const read = readStatementText(statement);
    if (read) looked.statements.push(read);
    else looked.faults.push({ fault: 'checkpoint_edited', id: String(number) });
  }
  return looked;
}

/** Each restore is published when it is stored. One that is only published was lost by another restore, which somebody has to confirm as well. */
function restoreFaults(
  published: ReturnType<CheckpointFolder['restores']>,
  kept: readonly SignedRestore[],
  keys: ReturnType<CheckpointFolder['keys']>,
): FoundCheckpointFault[] {
  const newest = kept.at(-1)?.statement.number ?? 0;
  const find = (number: number): FoundCheckpointFault => ({ fault: 'restore_differs', id: `restore-${number}` });
  const strange = published.filter(({ number, restore }) => {
    if (restore === 'edited' || !isGenuineRestore(restore, keys)) return true;
    const own = kept.find(({ statement }) => statement.number === number);
    return own ? restoreFile(own) !== restoreFile(restore) : number > newest;
  });
  const unpublished = kept.filter(({ statement }) => !published.some(({ number }) => number === statement.number));
  return [...strange.map(({ number }) => find(number)), ...unpublished.map(({ statement }) => find(statement.number))];
}

const isFirst = ({ previousHash, fromXid, transfers, counts }: CheckpointStatement) =>
  previousHash === null && fromXid === '0' && transfers === counts.transfer;

const follows = (statement: CheckpointStatement, before: CheckpointStatement) =>
  statement.previousHash === statementHash(before) &&
  previousNumberOf(statement) === before.number &&
  statement.fromXid === before.belowXid &&
  statement.transfers === before.transfers + statement.counts.transfer;

const isSame = (row: Row, statement: CheckpointStatement, signature: string) =>
  row.statement === canonicalJson(statement) && row.belowXid === statement.belowXid && row.signature?.toString('base64') === signature;
