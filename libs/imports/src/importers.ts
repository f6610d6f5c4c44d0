import { Injectable } from '@nestjs/common';
import { ReadBank } from '@timebank/banks';
import type { ImportKind } from '@timebank/contract';
import { UnitOfWork } from '@timebank/database';
import { localDate } from '@timebank/kernel';
import { BringBalances } from './bring-balances';
import { BringMembers } from './bring-members';
import { BringQualifications } from './bring-qualifications';
import { BringRelations } from './bring-relations';
import { BringVisits } from './bring-visits';
import type { ImportRunRow } from './import.entity';
import type { Ground, Importer } from './planned';

/** The importer of each kind. */
@Injectable()
export class Importers {
  private readonly byKind: Record<ImportKind, Importer<unknown>>;

  constructor(
    members: BringMembers,
    balances: BringBalances,
    visits: BringVisits,
    relations: BringRelations,
    qualifications: BringQualifications,
  ) {
    this.byKind = { members, balances, visits, relations, qualifications } as Record<ImportKind, Importer<unknown>>;
  }

  of(kind: ImportKind): Importer<unknown> {
    return this.byKind[kind];
  }
}

/** Where an import stands: its bank and the bank's day. */
@Injectable()
export class ImportGround {
  constructor(
    private readonly unit: UnitOfWork,
    private readonly readBank: ReadBank,
  ) {}

  /** `lock` where rows are written: a bank registers one person after another. */
  async run({ bankId, importId, createdBy, startedBy }: ImportRunRow, how: 'look' | 'lock'): Promise<Ground> {
    // A bank begins with nobody and may have fifty thousand members an hour later: what the server planned for few rows is not for many.
    await this.unit.query('set local plan_cache_mode = force_custom_plan');
    const bank = how === 'lock' ? await this.readBank.lock(bankId) : await this.readBank.run(bankId);
    return { bank, importId, today: localDate(this.unit.now, bank.zone), personId: startedBy ?? createdBy };
  }
}
