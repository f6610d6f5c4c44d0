import { Injectable } from '@nestjs/common';
import { Locator } from '@timebank/access';
import { clearingAccountOf } from '@timebank/banks';
import type { Position, PositionQuery } from '@timebank/contract';
import { pageOf, readCursor, UnitOfWork } from '@timebank/database';
import { recordedInTruth } from '@timebank/ledger';
import { type ClearingLeg, oldestInFlight, usedPercent } from './positions.rules';

type Row = Omit<Position, 'usedPercent' | 'oldestInFlightAt'>;

/** How far back a leg without its counterpart is looked for; newest first. */
const legsLookedAt = 10_000;

/**
 * What a bank and each other bank owe each other, or all banks when `bankId` is null: position, credit line, and the minutes under way between the
 * two, which are zero unless something is broken or distributed. Minutes; paged by the banks' ids. The door checks who may look.
 */
@Injectable()
export class ListPositions {
  constructor(
    private readonly unit: UnitOfWork,
    private readonly locator: Locator,
  ) {}

  async run(bankId: string | null, { limit, cursor }: PositionQuery): Promise<{ items: Position[]; nextCursor: string | null }> {
    const [afterBank, afterOther] = readCursor(cursor, ['uuid', 'uuid']) ?? [null, null];
    const everyBank = await this.locator.banks();
    return this.unit.run(everyBank, async () => {
      const rows = await this.unit.query<Row>(
        `select a.bank_id, b.name as bank_name, a.owner_id as other_bank_id, ob.name as other_bank_name, a.account_id,
           a.balance_minutes as position_minutes, -a.floor_minutes as credit_line_minutes,
           a.balance_minutes + coalesce(o.balance_minutes, 0) as in_flight_minutes
         from account a
         join bank b on b.bank_id = a.bank_id
         join bank ob on ob.bank_id = a.owner_id
         left join account o on o.kind = 'clearing' and o.bank_id = a.owner_id and o.owner_id = a.bank_id
         where a.kind = 'clearing' and a.bank_id = any ($1) and ($2::uuid is null or (a.bank_id, a.owner_id) > ($2, $3::uuid))
         order by a.bank_id, a.owner_id limit $4`,
        [bankId === null ? everyBank : [bankId], afterBank, afterOther, limit + 1],
      );
      const page = pageOf(rows, limit, (row) => [row.bankId, row.otherBankId]);
      const items: Position[] = [];
      for (const row of page.items) {
        const oldest = row.inFlightMinutes === 0 ? null : await this.oldest(row.bankId, row.otherBankId);
        items.push({
          ...row,
          usedPercent: usedPercent(row.positionMinutes, row.creditLineMinutes),
          oldestInFlightAt: oldest?.toISOString() ?? null,
        });
      }
      return { ...page, items };
    });
  }

  private async oldest(bankId: string, otherBankId: string): Promise<Date | null> {
    return oldestInFlight(await this.legs(bankId, otherBankId), await this.legs(otherBankId, bankId));
  }

  private async legs(bankId: string, otherBankId: string): Promise<ClearingLeg[]> {
    const side = (own: 'debit' | 'credit') => `
      (select transfer_id, ${recordedInTruth('recorded_at', 'transfer.recorded_xid')} as recorded_at, kind, reverses_id, ${own}_version as version from transfer
        where bank_id = $1 and ${own}_account_id = $2 order by ${own}_version desc limit $3)`;
    return this.unit.query<ClearingLeg>(
      `select leg.transfer_id, leg.recorded_at, 'overflow' in (leg.kind, coalesce(original.kind, '')) as is_overflow
         from (${side('debit')} union all ${side('credit')}) leg
         left join transfer original on original.bank_id = $1 and original.transfer_id = leg.reverses_id
        order by leg.version desc limit $3`,
      [bankId, clearingAccountOf(bankId, otherBankId), legsLookedAt],
    );
  }
}
