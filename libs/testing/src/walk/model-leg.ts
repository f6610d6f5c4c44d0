import type { Posting } from '@timebank/ledger';
import { freeOf, type ModelAccount, type ModelBooks, type Movement, refusedWith } from './model-books';

type Leg = Omit<Posting, 'onward'>;
type RefusedLeg = { refused: string };
type JudgedLeg = { movements: Movement[]; main: number; spilled: number };

const refused = (code: string, parameters: object = {}): RefusedLeg => ({ refused: refusedWith(code, parameters) });
const roomOf = ({ balance, ceilingMinutes }: ModelAccount) => (ceilingMinutes ?? Infinity) - balance;

/** What one leg of a posting would write, or why not. Its checks come in the order in which the ledger makes them. */
export function judgeLeg(books: ModelBooks, leg: Leg): JudgedLeg | RefusedLeg {
  const [debit, credit] = [books.account(leg.debitAccountId), books.account(leg.creditAccountId)];
  if (debit === credit) return refused('ledger/same_account');
  for (const { isClosed, accountId } of [debit, credit]) if (isClosed) return refused('ledger/account_closed', { accountId });
  const back = leg.kind === 'reversal' ? judgeReversal(books, leg) : null;
  if (back && 'refused' in back) return back;
  const freed = judgeHold(books, leg);
  if (typeof freed !== 'number') return freed;
  const drawn = judgeSource(books, leg, debit, freed);
  if (typeof drawn !== 'number') return drawn;
  const issue = drawn === 0 || !leg.cover ? [] : [row(leg, leg.cover.transferId, leg.cover.accountId, debit.accountId, drawn)];
  const moved = back ? takeBack(books, leg, credit, back) : send(books, leg, credit);
  return 'refused' in moved ? moved : { ...moved, movements: [...issue, ...moved.movements] };
}

function row(leg: Leg, id: string, debitId: string, creditId: string, minutes: number): Movement {
  return { id, debitId, creditId, minutes, isReversal: false, reversesId: null, visitId: leg.visitId, spilledId: null };
}

function judgeReversal(books: ModelBooks, leg: Leg): { spilledId: string | null; spilled: number } | RefusedLeg {
  const original = books.transfers.get(leg.reversesId ?? '');
  if (!original) return refused('ledger/transfer_not_found');
  if (original.isReversal) return refused('ledger/reversal_of_reversal');
  if (original.isReversed) return refused('ledger/already_reversed');
  if (original.creditId !== leg.debitAccountId || original.debitId !== leg.creditAccountId || original.minutes !== leg.minutes)
    return refused('ledger/reversal_differs');
  const spill = leg.overflow && original.visitId !== null ? books.transfers.get(original.spilledId ?? '') : undefined;
  if (!spill || spill.isReversed) return { spilledId: null, spilled: 0 };
  if (spill.creditId !== leg.overflow?.accountId) return refused('ledger/reversal_differs');
  return { spilledId: spill.id, spilled: spill.minutes };
}

/** The minutes that the hold named gives free, unless it ended already. */
function judgeHold(books: ModelBooks, leg: Leg): number | RefusedLeg {
  if (leg.holdId === null) return 0;
  const hold = books.holds.get(leg.holdId);
  if (hold?.accountId !== leg.debitAccountId) return refused('ledger/hold_not_found');
  if (hold.state === 'posted' || hold.state === 'released') return refused('ledger/hold_ended');
  return hold.state === 'open' ? hold.minutes : 0;
}

/** What has to be issued first. */
function judgeSource(books: ModelBooks, { minutes, cover }: Leg, debit: ModelAccount, freed: number): number | RefusedLeg {
  const free = freeOf(debit) + freed;
  if (free >= minutes) return 0;
  if (!cover) return refused('ledger/overdraft', { availableMinutes: free });
  const issued = -books.account(cover.accountId).balance;
  const drawn = minutes - free;
  if (cover.limitMinutes === null || issued + drawn <= cover.limitMinutes) return drawn;
  return refused('ledger/issue_limit', { roomMinutes: Math.max(0, cover.limitMinutes - issued) });
}

function takeBack(
  books: ModelBooks,
  leg: Leg,
  credit: ModelAccount,
  back: { spilledId: string | null; spilled: number },
): JudgedLeg | RefusedLeg {
  const { transferId, debitAccountId, creditAccountId, minutes, overflow, reversesId } = leg;
  const { spilledId, spilled } = back;
  const pool = overflow && spilled > 0 ? books.account(overflow.accountId) : null;
  if (pool?.isClosed) return refused('ledger/account_closed', { accountId: pool.accountId });
  if (pool && freeOf(pool) < spilled) return refused('ledger/overdraft', { availableMinutes: freeOf(pool) });
  if (roomOf(credit) < minutes + spilled) return refused('ledger/ceiling', { roomMinutes: roomOf(credit) });
  const main = { ...row(leg, transferId, debitAccountId, creditAccountId, minutes), isReversal: true, reversesId };
  if (!overflow || !pool) return { movements: [main], main: minutes, spilled: 0 };
  const rest = { ...row(leg, overflow.transferId, pool.accountId, creditAccountId, spilled), isReversal: true, reversesId: spilledId };
  return { movements: [main, rest], main: minutes, spilled };
}

function send(books: ModelBooks, leg: Leg, credit: ModelAccount): JudgedLeg | RefusedLeg {
  const { transferId, debitAccountId, creditAccountId, minutes, overflow } = leg;
  const room = roomOf(credit);
  const main = Math.min(minutes, room);
  const spilled = minutes - main;
  const whole = row(leg, transferId, debitAccountId, creditAccountId, main);
  if (spilled === 0) return { movements: [whole], main, spilled };
  if (!overflow) return refused('ledger/ceiling', { roomMinutes: room });
  const pool = books.account(overflow.accountId);
  if (pool.isClosed) return refused('ledger/account_closed', { accountId: pool.accountId });
  if (pool.accountId === debitAccountId || pool.accountId === creditAccountId) return refused('ledger/same_account');
  if (roomOf(pool) < spilled) return refused('ledger/ceiling', { roomMinutes: room + roomOf(pool) });
  // Where nothing fits, the posting's own id stands for what was sent on.
  const rest = row(leg, main > 0 ? overflow.transferId : transferId, debitAccountId, pool.accountId, spilled);
  return { movements: main > 0 ? [{ ...whole, spilledId: rest.id }, rest] : [rest], main, spilled };
}
