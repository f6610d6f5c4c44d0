import type { Bank } from '@timebank/contract';
import { zoneAt } from '@timebank/kernel';
import type { KnownBank } from './bank.entity';

/** What a caller sees of a bank: the zone in force, and all its zones if it has changed. The issuance account stays inside the ledger. */
export function bankAnswer(row: KnownBank, now: Date): Bank {
  return {
    bankId: row.bankId,
    name: row.name,
    phone: row.phone,
    ...(row.address === null ? {} : { address: row.address }),
    timeZone: zoneAt(row.zone, now),
    ...(row.zone.length > 1 ? { zones: row.zone.map(datedAnswer) } : {}),
    ...(row.closedOn === null ? {} : { closedOn: row.closedOn }),
    accounts: { fund: row.fundAccountId, pool: row.poolAccountId, honour: row.honourAccountId },
    version: row.version,
  };
}

function datedAnswer({ timeZone, validFrom, beginsAt }: KnownBank['zone'][number]): NonNullable<Bank['zones']>[number] {
  return { timeZone, validFrom, beginsAt: beginsAt === null ? null : new Date(beginsAt).toISOString() };
}
