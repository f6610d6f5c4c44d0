import { Injectable } from '@nestjs/common';
import type { Actor } from '@timebank/access';
import type { Import, ImportColumnsInput, ImportKind, ImportStartInput } from '@timebank/contract';
import { BeginImport } from './begin-import';
import { CancelImport } from './cancel-import';
import { CheckImport } from './check-import';
import { ChooseColumns } from './choose-columns';
import { ReadImports } from './read-imports';
import { StageImport } from './stage-import';

/** The steps of an import as somebody takes them by hand: each answers how it stands then. */
@Injectable()
export class BringInByHand {
  constructor(
    private readonly stageImport: StageImport,
    private readonly chooseColumns: ChooseColumns,
    private readonly checkImport: CheckImport,
    private readonly begin: BeginImport,
    private readonly cancelImport: CancelImport,
    private readonly readImports: ReadImports,
  ) {}

  async stage(actor: Actor, bankId: string, file: { name: string; bytes: Uint8Array; kind: ImportKind | null }): Promise<Import> {
    return this.readImports.one(bankId, await this.stageImport.run(actor, bankId, file, file.kind));
  }

  async choose(bankId: string, importId: string, input: ImportColumnsInput): Promise<Import> {
    await this.chooseColumns.run(bankId, importId, input);
    return this.readImports.one(bankId, importId);
  }

  async check(bankId: string, importId: string): Promise<Import> {
    await this.checkImport.run(bankId, importId);
    return this.readImports.one(bankId, importId);
  }

  async start(actor: Actor, bankId: string, importId: string, input: ImportStartInput): Promise<Import> {
    await this.begin.run(actor, bankId, importId, input);
    return this.readImports.one(bankId, importId);
  }

  async cancel(bankId: string, importId: string): Promise<Import> {
    await this.cancelImport.run(bankId, importId);
    return this.readImports.one(bankId, importId);
  }
}
