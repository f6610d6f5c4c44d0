import { LedgerModule } from '@timebank/ledger';
import { openRooms, type TestRooms } from '@timebank/testing';

/** The ledger's room on a database of its own. */
export const openLedger = (): Promise<TestRooms> => openRooms([LedgerModule]);
