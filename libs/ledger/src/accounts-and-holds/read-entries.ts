import { Injectable } from '@nestjs/common';
import type { TransferClass, TransferKind } from '@timebank/contract';
import { pageOf, readCursor, UnitOfWork } from '@timebank/database';
import { entriesSql, type LedgerEntry } from './entry.sql';
import { VersionBefore } from './version-before';

export type EntryFilter = {
  limit: number;
  cursor?: string | undefined;
  kind?: TransferKind | undefined;
  class?: TransferClass | undefined;
  /** Recorded in this stretch of time: from the first instant to before the second. */
  recorded?: { from: Date; to: Date } | undefined;
};

const page = entriesSql(
  'version < $3 and version > $4 and ($5::text is null or kind = $5) and ($6::text is null or class = $6)',
  'desc',
  '$7',
);

/** A page of an account's entries, newest first, with the balance after each. The cursor is a version, so new entries shift nothing. */
@Injectable()
export class ReadEntries {
  constructor(
    private readonly unit: UnitOfWork,
    private readonly versionBefore: VersionBefore,
  ) {}

  async run(bankId: string, accountId: string, filter: EntryFilter): Promise<{ items: LedgerEntry[]; nextCursor: string | null }> {
    const cursor = readCursor(filter.cursor, ['integer']);
    return this.unit.run([bankId], async () => {
      let below = Number(cursor?.[0] ?? Number.MAX_SAFE_INTEGER);
      let above = 0;
      if (filter.recorded) {
        above = (await this.versionBefore.run(bankId, accountId, filter.recorded.from)).version;
        below = Math.min(below, (await this.versionBefore.run(bankId, accountId, filter.recorded.to)).version + 1);
      }
      const rows = await this.unit.query<LedgerEntry>(page, [
        bankId,
        accountId,
        below,
        above,
        filter.kind ?? null,
        filter.class ?? null,
        filter.limit + 1,
      ]);
      return pageOf(rows, filter.limit, (entry) => [entry.version]);
    });
  }
}
