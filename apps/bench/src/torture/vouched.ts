import { tables } from '@timebank/database';

/** The ledger's own tables, sealed row by row; and the trail, sealed with them. */
const sealed = ['account', 'account_history', 'transfer', 'hold', 'hold_end', 'refusal', 'checkpoint', 'audit_trail'];

/**
 * Tables of which the audit answers for every column of every row: the ledger's, and all whose changes the audit trail keeps. The torture part
 * `tampering` edits them at random and wants each edit found. The table of tables says why each of the others is left out.
 */
export const vouchedTables: readonly string[] = Object.keys(tables).filter(
  (name) => sealed.includes(name) || typeof tables[name]?.trail === 'string',
);

/** Rows that may come again under another key, unnoticed, and why. */
export const copiedUnnoticed: Readonly<Record<string, string>> = {
  bank: "under an id that no locator names it is nobody's, and no bank's audit comes upon it",
};
