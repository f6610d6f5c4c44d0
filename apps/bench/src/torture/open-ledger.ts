import { AccessModule } from '@timebank/access';
import { BanksModule } from '@timebank/banks';
import { LedgerModule } from '@timebank/ledger';
import { openRooms, type TestRooms } from '@timebank/testing';

/** The ledger's room, and banks to have books in it, on a database of its own. */
export const openLedger = (): Promise<TestRooms> =>
  openRooms([AccessModule.forRoot({ secretKey: 'x'.repeat(32) }), BanksModule, LedgerModule]);
