import { Injectable } from '@nestjs/common';
import type { Actor } from '@timebank/access';
import type { ImportStartInput } from '@timebank/contract';
import { RunImports } from './run-imports';
import { StartImport } from './start-import';

/** So long the first pieces are done while somebody waits for the answer; background work goes on with the rest. */
const patienceMilliseconds = 2_000;

/** Starts an import and does what is quickly done of it. */
@Injectable()
export class BeginImport {
  constructor(
    private readonly startImport: StartImport,
    private readonly runImports: RunImports,
  ) {}

  async run(actor: Actor, bankId: string, importId: string, input: ImportStartInput): Promise<void> {
    await this.startImport.run(actor, bankId, importId, input);
    await this.runImports.one(bankId, importId, { withinMilliseconds: patienceMilliseconds });
  }
}
