import type { Bank } from '@timebank/contract';
import type { BankRow } from './bank.entity';

/** What a caller sees of a bank. The issuance account is the ledger's own affair. */
export function bankAnswer(row: BankRow): Bank {
  return {
    bankId: row.bankId,
    name: row.name,
    phone: row.phone,
    timeZone: row.timeZone,
    accounts: { fund: row.fundAccountId, pool: row.poolAccountId, honour: row.honourAccountId },
    version: row.version,
  };
}
