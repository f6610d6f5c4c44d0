import { Injectable } from '@nestjs/common';
import { refuse } from '@timebank/contract';
import { UnitOfWork } from '@timebank/database';
import type { CheckpointStatement, SignedCheckpoint } from './checkpoint.rules';

type Row = { statement: string; signature: Buffer };

const asCheckpoint = ({ statement, signature }: Row): SignedCheckpoint => ({
  statement: JSON.parse(statement) as CheckpointStatement,
  signature: signature.toString('base64'),
});

/** A bank's checkpoints as the database keeps them. Whoever doubts the database compares them with those published. */
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

  /** Refuses `ledger/checkpoint_not_found`. */
  async one(bankId: string, number: number): Promise<SignedCheckpoint> {
    const row = await this.unit.run([bankId], () =>
      this.unit.one<Row>('select statement, signature from checkpoint where bank_id = $1 and number = $2', [bankId, number]),
    );
    if (!row) throw refuse('ledger/checkpoint_not_found', { number });
    return asCheckpoint(row);
  }
}
