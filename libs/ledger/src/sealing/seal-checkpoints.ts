import { Inject, Injectable } from '@nestjs/common';
import { refuse } from '@timebank/contract';
import { cityId, UnitOfWork } from '@timebank/database';
import { CheckpointFolder, differsFrom } from './checkpoint-folder';
import { CheckpointKeys } from './checkpoint-keys';
import { CHECKPOINT_PLACES, type CheckpointPlaces } from './checkpoint-places';
import {
  canonicalJson,
  isGenuine,
  keyIdOf,
  signStatement,
  statementHash,
  type SealedTable,
  type SignedCheckpoint,
  sealedTables,
} from './checkpoint.rules';
import { hashBytes, merkleRoot } from './merkle.rules';
import { ReadCheckpoints } from './read-checkpoints';
import { ReadRestores } from './read-restores';
import { isGenuineRestore } from './restore.rules';
import { boundarySql, leavesSql } from './sealed-rows.sql';

/** The most rows in a checkpoint, roughly, so that a proof of one of them takes moments. */
const mostRows = 50_000;

type SealedCheckpoint = { checkpoint: SignedCheckpoint; leaves: Buffer };

/**
 * Seals what banks' ledgers and the audit trail wrote since their newest checkpoint: every row of the sealed tables whose transaction lies below all
 * that still run, so that none can appear there later. Each checkpoint is one transaction; it is published as a file after
 * that commit, and one that a crash kept from being published is published now. Where nothing is new nothing is sealed.
 * Safe to run twice at once: one of the two seals. Without bank ids it seals every bank and the city. Answers the new checkpoints.
 * What is published is read first and never replaced.
 *
 * Refuses `ledger/published_ahead` (numbers are published that this database has not made, as after a restore from a backup: somebody
 * has to say so first, see `SayRestored`), `ledger/published_differs` (what stands published under a number is not what is kept here), `ledger/not_in_balance` (a bank's accounts do not sum to zero: a broken ledger is not sealed),
 * `ledger/transactions_behind` (the database counts its transactions from before the newest checkpoint, as one restored into
 * a younger server does) and `ledger/key_exposed`. Source: RFC 6962 for the tree, RFC 8032 for the signature.
 */
@Injectable()
export class SealCheckpoints {
  constructor(
    private readonly unit: UnitOfWork,
    private readonly keys: CheckpointKeys,
    private readonly readCheckpoints: ReadCheckpoints,
    private readonly readRestores: ReadRestores,
    @Inject(CHECKPOINT_PLACES) private readonly places: CheckpointPlaces,
  ) {}

  async run(bankIds?: readonly string[], rowsAtMost = mostRows): Promise<SignedCheckpoint[]> {
    const folder = CheckpointFolder.of(this.places);
    const made: SignedCheckpoint[] = [];
    for (const bankId of bankIds ?? (await this.everyBank())) {
      await this.holdAgainstPublished(bankId, folder);
      await this.publishMissing(bankId, folder);
      for (;;) {
        const sealed = await this.sealOne(bankId, rowsAtMost, folder);
        if (!sealed) break;
        folder.publish(sealed.checkpoint, sealed.leaves);
        made.push(sealed.checkpoint);
      }
    }
    return made;
  }

  private async sealOne(bankId: string, rowsAtMost: number, folder: CheckpointFolder): Promise<SealedCheckpoint | null> {
    const privateKey = await this.keys.key();
    return this.unit.run([bankId], async () => {
      // The number first: when another process seals in between, it is taken, and nothing is sealed twice.
      const number = await this.readCheckpoints.nextNumber(bankId);
      // Another process was faster; or the books are older than what is published, which the next run finds.
      if (folder.has(bankId, number)) return null;
      const previous = await this.readCheckpoints.newest(bankId);
      const fromXid = previous?.statement.belowXid ?? '0';
      const belowXid = await this.findBelow(bankId, fromXid, rowsAtMost);
      const { counts, leaves } = await this.collect(bankId, fromXid, belowXid);
      if (leaves.length === 0) return null;
      const sum = await this.unit.one<{ minutes: number }>(
        'select coalesce(sum(balance_minutes), 0)::bigint as minutes from account where bank_id = $1',
        [bankId],
      );
      if (sum?.minutes !== 0) throw refuse('ledger/not_in_balance', { bankId, sumMinutes: sum?.minutes });
      const checkpoint = signStatement(
        {
          format: 'timebank checkpoint 1',
          bankId,
          number,
          previousHash: previous ? statementHash(previous.statement) : null,
          previousNumber: previous?.statement.number ?? null,
          fromXid,
          belowXid,
          counts,
          transfers: (previous?.statement.transfers ?? 0) + counts.transfer,
          sumMinutes: 0,
          root: merkleRoot(leaves).toString('hex'),
          sealedAt: this.unit.now.toISOString(),
          keyId: keyIdOf(privateKey),
        },
        privateKey,
      );
      const added = await this.unit.one<{ isFirst: boolean }>('select add_checkpoint($1, $2, $3::xid8, $4, $5) as is_first', [
        bankId,
        number,
        belowXid,
        canonicalJson(checkpoint.statement),
        Buffer.from(checkpoint.signature, 'base64'),
      ]);
      return added?.isFirst ? { checkpoint, leaves } : null;
    });
  }

  /** The end of the next checkpoint: below every transaction that still runs, or earlier when there is much to seal. */
  private async findBelow(bankId: string, fromXid: string, rowsAtMost: number): Promise<string> {
    const horizon = await this.unit.one<{ xid: string }>('select ledger_horizon()::text as xid');
    const belowXid = horizon?.xid ?? '0';
    if (BigInt(belowXid) < BigInt(fromXid)) throw refuse('ledger/transactions_behind', { bankId, sealedBelow: fromXid, runsAt: belowXid });
    const boundary = await this.unit.one<{ below: string }>(boundarySql, [bankId, fromXid, rowsAtMost]);
    return boundary && BigInt(boundary.below) < BigInt(belowXid) ? boundary.below : belowXid;
  }

  private async collect(
    bankId: string,
    fromXid: string,
    belowXid: string,
  ): Promise<{ counts: Required<SignedCheckpoint['statement']['counts']>; leaves: Buffer }> {
    const parts: Buffer[] = [];
    for (const table of sealedTables) {
      const found = await this.unit.one<{ leaves: Buffer }>(leavesSql(table), [bankId, fromXid, belowXid]);
      parts.push(found?.leaves ?? Buffer.alloc(0));
    }
    const counts = Object.fromEntries(sealedTables.map((table, place) => [table, (parts[place]?.length ?? 0) / hashBytes]));
    return { counts: counts as Record<SealedTable, number>, leaves: Buffer.concat(parts) };
  }

  /** Published first, asked after: one that another process makes meanwhile is known here before its file is there. */
  private async holdAgainstPublished(bankId: string, folder: CheckpointFolder): Promise<void> {
    const throughNumber = folder.newest(bankId);
    const fromNumber = await this.readCheckpoints.nextNumber(bankId);
    if (throughNumber >= fromNumber) throw refuse('ledger/published_ahead', { bankId, fromNumber, throughNumber });
    const newest = await this.readCheckpoints.newest(bankId);
    if (newest && differsFrom(folder.read(bankId, newest.statement.number), newest))
      throw refuse('ledger/published_differs', { bankId, number: newest.statement.number });
  }

  /** After a crash between commit and publishing. What the database holds is published only when its signature holds. */
  private async publishMissing(bankId: string, folder: CheckpointFolder): Promise<void> {
    const known = await this.unit.run([bankId], () =>
      this.unit.query<{ number: number }>('select number from checkpoint where bank_id = $1 order by number', [bankId]),
    );
    for (const { restore } of await this.readRestores.kept(bankId))
      if (isGenuineRestore(restore, folder.keys())) folder.publishRestore(restore);
    for (const { number } of known.filter((row) => !folder.has(bankId, row.number))) {
      const checkpoint = await this.readCheckpoints.one(bankId, number);
      if (!isGenuine(checkpoint, folder.keys())) continue;
      const { fromXid, belowXid, root } = checkpoint.statement;
      const { leaves } = await this.unit.run([bankId], () => this.collect(bankId, fromXid, belowXid));
      folder.publish(checkpoint, merkleRoot(leaves).toString('hex') === root ? leaves : null);
    }
  }

  /** And the city, of which there is a trail alone. A bank's own row in the locator stands outside row security. */
  private async everyBank(): Promise<string[]> {
    const rows = await this.unit.glance<{ bankId: string }>(`select bank_id from locator where kind = 'bank' order by bank_id`);
    return [...rows.map((row) => row.bankId), cityId];
  }
}
