import { Injectable } from '@nestjs/common';
import { refuse } from '@timebank/contract';
import { UnitOfWork } from '@timebank/database';
import type { CheckpointStatement, SignedCheckpoint } from './checkpoint.rules';
import type { RestoreStatement } from './restore.rules';

type Row = { statement: string; signature: Buffer };

const asCheckpoint = ({ statement, signature }: Row): SignedCheckpoint => ({
  statement: JSON.parse(statement) as CheckpointStatement,
  signature: signature.toString('base64'),
});

/** A bank's checkpoints as the database stores them. If you doubt the database, compare them with the published ones. */
@Injectable()
export class ReadCheckpoints {
  constructor(private readonly unit: UnitOfWork) {}

  /** Newest first, from below a number on. */
  async run(bankId: string, belowNumber: number, limit: number): Promise<SignedCheckpoint[]> {
    const rows = await this.unit.run([bankId], () =>
      this.unit.query<Row>('select statement, signature from checkpoint where bank_id = $1 and number < $2 order by number desc limit $3', [
        bankId,
        belowNumber,
        limit,
      ]),
    );
    return rows.map(asCheckpoint);
  }

  async newest(bankId: string): Promise<SignedCheckpoint | null> {
    return (await this.run(bankId, 2_147_483_647, 1))[0] ?? null;
  }

  /** The number of the next one: after the newest, and after every void one. */
  async nextNumber(bankId: string): Promise<number> {
    const found = await this.unit.run([bankId], () => this.unit.one<{ next: number }>('select next_checkpoint($1) as next', [bankId]));
    return found?.next ?? 1;
  }

  /** A checkpoint by its number, also a void one, with what made it void. Refuses `ledger/checkpoint_not_found`. */
  async any(bankId: string, number: number): Promise<SignedCheckpoint & { voided: RestoreStatement | null }> {
    const row = await this.unit.run([bankId], () =>
      this.unit.one<Row & { restore: string }>(
        `select void.statement, void.signature, said.statement as restore from void_checkpoint void
           join ledger_restore said on said.bank_id = void.bank_id and said.number = void.restore_number
          where void.bank_id = $1 and void.number = $2 and void.statement is not null order by void.restore_number desc limit 1`,
        [bankId, number],
      ),
    );
    if (!row) return { ...(await this.one(bankId, number)), voided: null };
    return { ...asCheckpoint(row), voided: JSON.parse(row.restore) as RestoreStatement };
  }

  /** Refuses `ledger/checkpoint_not_found`. */
  async one(bankId: string, number: number): Promise<SignedCheckpoint> {
    const row = await this.unit.run([bankId], () =>
      this.unit.one<Row>('select statement, signature from checkpoint where bank_id = $1 and number = $2', [bankId, number]),
    );
    if (!row) throw refuse('ledger/checkpoint_not_found', { number });
    return asCheckpoint(row);
  }
}
