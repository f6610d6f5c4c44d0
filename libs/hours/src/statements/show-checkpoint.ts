import { Injectable } from '@nestjs/common';
import type { PublicCheckpoint } from '@timebank/contract';
import { ReadBank } from '@timebank/banks';
import { UnitOfWork } from '@timebank/database';
import { ReadCheckpoints, statementHash } from '@timebank/ledger';

/** A checkpoint for anyone who asks, with the bank's name, also one that is void since a restore. Refuses `ledger/checkpoint_not_found`. */
@Injectable()
export class ShowCheckpoint {
  constructor(
    private readonly unit: UnitOfWork,
    private readonly readCheckpoints: ReadCheckpoints,
    private readonly readBank: ReadBank,
  ) {}

  async run(bankId: string, number: number): Promise<PublicCheckpoint> {
    return this.unit.run([bankId], async () => {
      const checkpoint = await this.readCheckpoints.any(bankId, number);
      const { name } = await this.readBank.run(bankId);
      return { ...checkpoint, bankName: name, fingerprint: statementHash(checkpoint.statement) };
    });
  }
}
