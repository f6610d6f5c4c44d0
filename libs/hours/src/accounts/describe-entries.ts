import { Injectable } from '@nestjs/common';
import type { Entry } from '@timebank/contract';
import { UnitOfWork } from '@timebank/database';
import type { LedgerEntry } from '@timebank/ledger';
import { entryAnswer } from './account.answer.rules';
import { HandsOf } from './hands-of';
import { OwnerNames } from './owner-names';

/** Entries of a page as people read them: who is on the other side, what kind of service it was, and who moved minutes by hand. */
@Injectable()
export class DescribeEntries {
  constructor(
    private readonly unit: UnitOfWork,
    private readonly ownerNames: OwnerNames,
    private readonly handsOf: HandsOf,
  ) {}

  async run(bankId: string, entries: readonly LedgerEntry[], isStaff: boolean): Promise<Entry[]> {
    const nameOf = await this.ownerNames.run(
      bankId,
      entries.map((entry) => entry.otherOwnerId),
    );
    const handOf = await this.handsOf.run(
      bankId,
      entries.map((entry) => entry.transferId),
      isStaff,
    );
    const kinds = await this.kindsOf(bankId, entries);
    return entries.map((entry) => ({
      ...entryAnswer(entry, nameOf),
      serviceKind: entry.visitId === null ? null : (kinds.get(entry.visitId) ?? null),
      byHand: handOf(entry.transferId),
    }));
  }

  /** A visit at another bank is not in sight here, and has none. */
  private async kindsOf(bankId: string, entries: readonly LedgerEntry[]): Promise<Map<string, string>> {
    const ids = entries.map(({ visitId }) => visitId).filter((id) => id !== null);
    if (ids.length === 0) return new Map();
    const rows = await this.unit.query<{ visitId: string; serviceKind: string }>(
      'select visit_id, service_kind from visit where bank_id = $1 and visit_id = any ($2::uuid[])',
      [bankId, ids],
    );
    return new Map(rows.map(({ visitId, serviceKind }) => [visitId, serviceKind]));
  }
}
