import { Injectable } from '@nestjs/common';
import { UnitOfWork } from '@timebank/database';
import { entriesSql, type LedgerEntry } from './entry.sql';
import { VersionBefore } from './version-before';

export type LedgerStatement = { openingMinutes: number; closingMinutes: number; entries: LedgerEntry[] };

const stretch = entriesSql('version > $3 and version <= $4', 'asc', '($4::bigint - $3::bigint)');

/**
 * What was recorded on an account from one instant to before another, oldest first, between the balance it opened and the
 * balance it closed with: opening + entries = closing, always, since recording times follow the versions.
 */
@Injectable()
export class ReadStatement {
  constructor(
    private readonly unit: UnitOfWork,
    private readonly versionBefore: VersionBefore,
  ) {}

  async run(bankId: string, accountId: string, from: Date, to: Date): Promise<LedgerStatement> {
    return this.unit.run([bankId], async () => {
      const opening = await this.versionBefore.run(bankId, accountId, from);
      const closing = await this.versionBefore.run(bankId, accountId, to);
      const entries = await this.unit.query<LedgerEntry>(stretch, [bankId, accountId, opening.version, closing.version]);
      return { openingMinutes: opening.balanceMinutes, closingMinutes: closing.balanceMinutes, entries };
    });
  }
}
