import { Injectable } from '@nestjs/common';
import { UnitOfWork } from '@timebank/database';
import type { RestoreStatement, SignedRestore } from './restore.rules';

type Row = { number: number; statement: string; signature: Buffer };

/** A bank's confirmed restores, oldest first. They are public, as checkpoints are. */
@Injectable()
export class ReadRestores {
  constructor(private readonly unit: UnitOfWork) {}

  async run(bankId: string): Promise<{ items: SignedRestore[] }> {
    return { items: (await this.kept(bankId)).map(({ restore }) => restore) };
  }

  async kept(bankId: string): Promise<{ number: number; restore: SignedRestore }[]> {
    const rows = await this.unit.run([bankId], () =>
      this.unit.query<Row>('select number, statement, signature from ledger_restore where bank_id = $1 order by number', [bankId]),
    );
    return rows.map(({ number, statement, signature }) => ({
      number,
      restore: { statement: JSON.parse(statement) as RestoreStatement, signature: signature.toString('base64') },
    }));
  }
}
