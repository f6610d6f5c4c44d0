import { Injectable } from '@nestjs/common';
import { UnitOfWork } from '@timebank/database';
import { entriesSql, type LedgerEntry } from './entry.sql';
import { VersionBefore } from './version-before';

type Border = { version: number; balanceMinutes: number };
export type StatementBorders = { opening: Border; closing: Border };

const stretch = entriesSql('version > $3 and version <= $4', 'asc', '($4::bigint - $3::bigint)');

/**
 * What was recorded on an account from one instant to before another. First the two borders, each the last version before it and the balance after
 * that one; since recording times follow the versions, opening + entries = closing. Then the entries between, oldest first. Versions count without a
 * gap, so the borders say how many entries lie between, and nothing below a version ever changes: a long statement can be read in stretches, each in
 * its own unit of work.
 */
@Injectable()
export class ReadStatement {
  constructor(
    private readonly unit: UnitOfWork,
    private readonly versionBefore: VersionBefore,
  ) {}

  async run(bankId: string, accountId: string, from: Date, to: Date): Promise<StatementBorders> {
    return this.unit.run([bankId], async () => ({
      opening: await this.versionBefore.run(bankId, accountId, from),
      closing: await this.versionBefore.run(bankId, accountId, to),
    }));
  }

  /** The entries with a version above the first one named and not above the second. */
  async entries(bankId: string, accountId: string, above: number, through: number): Promise<LedgerEntry[]> {
    return this.unit.run([bankId], () => this.unit.query<LedgerEntry>(stretch, [bankId, accountId, above, through]));
  }
}
