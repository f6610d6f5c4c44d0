import { Injectable } from '@nestjs/common';
import type { Actor } from '@timebank/access';
import { ReadBank } from '@timebank/banks';
import { refuse, type AccountKind, type StatementQuery } from '@timebank/contract';
import { UnitOfWork } from '@timebank/database';
import { localDate, type Zone, zoneAt } from '@timebank/kernel';
import { ReadCheckpoints, ReadStatement } from '@timebank/ledger';
import { AccountInSight } from '../accounts/account-in-sight';
import { OwnerNames } from '../accounts/owner-names';
import { type DrawnEntry, statementEntry } from './statement-entry.rules';
import { serviceKindsOf } from './service-kinds.sql';
import { statementPeriod, type StatementPeriod } from './statement-period.rules';
import { statementSeal, type StatementSeal } from './statement-seal.rules';

/** What every form of a statement is drawn from. Entries come oldest first, a stretch at a time, and never change. */
export type Statement = {
  /** `timeZone` names the zones of the period; `zone` gives the wall clock of any instant. */
  bank: { bankId: string; name: string; timeZone: string; zone: Zone };
  account: { accountId: string; kind: AccountKind; ownerId: string | null; ownerName: string | null; memberNumber: string | null };
  period: StatementPeriod;
  issuedAt: Date;
  openingMinutes: number;
  closingMinutes: number;
  /** The entries are those above the first version, through the second. */
  aboveVersion: number;
  throughVersion: number;
  /** The bank's newest checkpoint; null before its first. */
  seal: StatementSeal | null;
  stretches(): AsyncIterable<DrawnEntry[]>;
};

/** What a form can hold, and the product's address: seals can be looked up under `ORIGIN/c/BANK/NUMBER`. */
export type StatementForm = { mostEntries: number; origin: string };

const zonesOf = ({ from, to }: StatementPeriod, zone: Zone) =>
  [...new Set([zoneAt(zone, from), zoneAt(zone, new Date(to.getTime() - 1))])].join(', ');

/** Short enough that drawing one keeps nobody waiting. */
const stretchLength = 500;

/**
 * Opens a statement of an account for one of its forms: a month or some days, with the balances at both ends. It reads each stretch of entries in its
 * own unit of work and keeps none, so a year of 100,000 entries needs the memory of one stretch. Refuses `ledger/account_not_found`,
 * `access/not_allowed`, `hours/statement_too_many` and what `statementPeriod` refuses.
 */
@Injectable()
export class OpenStatement {
  constructor(
    private readonly unit: UnitOfWork,
    private readonly accountInSight: AccountInSight,
    private readonly readBank: ReadBank,
    private readonly readStatement: ReadStatement,
    private readonly ownerNames: OwnerNames,
    private readonly readCheckpoints: ReadCheckpoints,
  ) {}

  async run(actor: Actor, bankId: string, accountId: string, query: StatementQuery, form: StatementForm): Promise<Statement> {
    return this.unit.run([bankId], async () => {
      const { kind, ownerId } = await this.accountInSight.run(actor, bankId, accountId);
      const { name, zone } = await this.readBank.run(bankId);
      const period = statementPeriod(query, localDate(this.unit.now, zone), zone);
      const { opening, closing } = await this.readStatement.run(bankId, accountId, period.from, period.to);
      const entries = closing.version - opening.version;
      if (entries > form.mostEntries) throw refuse('hours/statement_too_many', { entries, most: form.mostEntries });
      const checkpoint = await this.readCheckpoints.newest(bankId);
      const sealedBelowXid = checkpoint?.statement.belowXid ?? null;
      const nameOf = await this.ownerNames.run(bankId, [ownerId]);
      return {
        bank: { bankId, name, timeZone: zonesOf(period, zone), zone },
        account: { accountId, kind, ownerId, ownerName: nameOf(ownerId), memberNumber: await this.ownerNames.numberOf(bankId, ownerId) },
        period,
        issuedAt: this.unit.now,
        openingMinutes: opening.balanceMinutes,
        closingMinutes: closing.balanceMinutes,
        aboveVersion: opening.version,
        throughVersion: closing.version,
        seal: statementSeal(checkpoint, form.origin),
        stretches: () => this.stretches(accountId, bankId, [opening.version, closing.version], sealedBelowXid),
      };
    });
  }

  private async *stretches(
    accountId: string,
    bankId: string,
    [above, through]: [number, number],
    sealedBelowXid: string | null,
  ): AsyncGenerator<DrawnEntry[]> {
    for (let start = above; start < through; start += stretchLength) {
      yield await this.unit.run([bankId], async () => {
        const entries = await this.readStatement.entries(bankId, accountId, start, Math.min(start + stretchLength, through));
        const nameOf = await this.ownerNames.run(
          bankId,
          entries.map((entry) => entry.otherOwnerId),
        );
        const kindOf = await serviceKindsOf(
          this.unit,
          bankId,
          entries.map((entry) => entry.visitId),
        );
        return entries.map((entry) => statementEntry(entry, nameOf, kindOf, sealedBelowXid));
      });
    }
  }
}
