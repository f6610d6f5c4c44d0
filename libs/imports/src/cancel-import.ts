import { Injectable } from '@nestjs/common';
import { UnitOfWork } from '@timebank/database';
import { HoldImport } from './hold-import';
import { ImportRunRow } from './import.entity';

/** Stops an import after the piece in hand. What was taken stays, and is counted; `StartImport` lets it go on. Of one that is over it changes nothing. */
@Injectable()
export class CancelImport {
  constructor(
    private readonly unit: UnitOfWork,
    private readonly hold: HoldImport,
  ) {}

  async run(bankId: string, importId: string): Promise<void> {
    await this.unit.run([bankId], async () => {
      const { state } = await this.hold.run(bankId, importId);
      if (state !== 'queued' && state !== 'running') return;
      await this.unit.updateRow(ImportRunRow, { bankId, importId }, { state: 'cancelled', finishedAt: this.unit.now });
    });
  }
}
