import { newId } from '@timebank/kernel';
import type { Onward, Posting } from '@timebank/ledger';
import { freeOf, type ModelBooks } from './model-books';
import { type Chance, pickFrom, type WalkBank } from './walk-bank';

export type Banks = readonly [WalkBank, WalkBank];

/** Minutes from a member, the fund, the pool or issuance to a member or the pool, also of the other bank. */
export function drawPosting(chance: Chance, banks: Banks, books: ModelBooks): Posting {
  const [bank, other] = chance.integer(0, 3) < 3 ? banks : [banks[1], banks[0]];
  const source = chance.integer(0, 11);
  const debitAccountId = source < 7 ? pickFrom(chance, bank.members) : source < 9 ? bank.issuance : source < 11 ? bank.fund : bank.pool;
  const target = chance.integer(0, 9);
  const goesOn = target > 6 && target < 9;
  const host = goesOn ? other : bank;
  const creditAccountId = target === 9 ? host.pool : pickFrom(chance, host.members);
  const minutes = drawMinutes(chance, freeOf(books.account(debitAccountId)));
  const overflow = chance.integer(0, 1) === 0 ? null : { accountId: host.pool, transferId: newId() };
  const cover = debitAccountId === bank.fund && chance.integer(0, 3) > 0 ? drawCover(chance, bank) : null;
  const kind = source < 7 ? {} : { kind: 'grant' as const };
  const common = { ...kind, debitAccountId, minutes, cover, holdId: drawHold(chance, books, debitAccountId) };
  if (!goesOn) return bank.posting({ ...common, creditAccountId, overflow });
  const onward: Onward = {
    bankId: other.bankId,
    transferId: newId(),
    debitAccountId: other.clearing,
    creditAccountId,
    reversesId: null,
    overflow,
  };
  return bank.posting({ ...common, creditAccountId: bank.clearing, onward });
}

/** Now and then all that is free, so that accounts come to nothing and can close. */
function drawMinutes(chance: Chance, free: number): number {
  const minutes = chance.integer(0, 400);
  return minutes > 30 || !Number.isFinite(free) ? Math.max(1, minutes) : Math.max(1, free);
}

function drawCover(chance: Chance, bank: WalkBank): Posting['cover'] {
  const limitMinutes = chance.integer(0, 1) === 0 ? null : chance.integer(0, 6_000);
  return { accountId: bank.issuance, transferId: newId(), limitMinutes };
}

/** One of the last holds, mostly of the account itself. */
function drawHold(chance: Chance, books: ModelBooks, accountId: string): string | null {
  if (chance.integer(0, 2) > 0) return null;
  const last = [...books.holds.values()].slice(-12);
  const own = last.filter((hold) => hold.accountId === accountId);
  const from = chance.integer(0, 9) > 0 ? own : last;
  return from.length === 0 ? null : pickFrom(chance, from).holdId;
}

/** What takes a posting back on all its legs, with or without what a cap had sent on; now and then not quite. */
export function drawReversal(chance: Chance, banks: Banks, books: ModelBooks, original: Posting): Posting {
  const { onward, overflow, visitId, transferId } = original;
  const bank = banks[0].bankId === original.bankId ? banks[0] : banks[1];
  const minutesOf = (id: string) => books.transfers.get(id)?.minutes ?? original.minutes;
  const spill = overflow && books.transfers.get(overflow.transferId);
  if (spill && !onward && chance.integer(0, 3) === 0) {
    const { id, minutes, debitId, creditId } = spill;
    return bank.posting({ kind: 'reversal', debitAccountId: creditId, creditAccountId: debitId, minutes, visitId, reversesId: id });
  }
  const withRest = chance.integer(0, 2) > 0;
  const rest = (pool: string | undefined) => (pool !== undefined && withRest ? { accountId: pool, transferId: newId() } : null);
  return bank.posting({
    kind: 'reversal',
    debitAccountId: original.creditAccountId,
    creditAccountId: original.debitAccountId,
    minutes: minutesOf(transferId) + (chance.integer(0, 19) === 19 ? 1 : 0),
    visitId,
    reversesId: transferId,
    overflow: rest(overflow?.accountId),
    onward: onward
      ? {
          bankId: onward.bankId,
          transferId: newId(),
          debitAccountId: onward.creditAccountId,
          creditAccountId: onward.debitAccountId,
          minutes: minutesOf(onward.transferId),
          reversesId: onward.transferId,
          overflow: rest(onward.overflow?.accountId),
        }
      : null,
  });
}

/** The same id for something else. */
export function reused(chance: Chance, books: ModelBooks, banks: Banks, posting: Posting): Posting {
  const change = chance.integer(0, 2);
  if (change === 0) return { ...posting, minutes: posting.minutes + 1 };
  const stands = books.transfers.get(posting.transferId);
  // If the cap left no room at all, the ledger does not record whom the minutes were for.
  const wentWhereAsked = stands?.creditId === posting.creditAccountId;
  if (change === 1 || !wentWhereAsked || posting.onward) return { ...posting, memoCode: 'other' };
  const accounts = banks.flatMap((bank) => (bank.bankId === posting.bankId ? [...bank.members, bank.pool] : []));
  const creditAccountId = accounts.find((id) => id !== posting.creditAccountId && id !== posting.debitAccountId) as string;
  return { ...posting, creditAccountId };
}
