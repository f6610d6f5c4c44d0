import type { NewAccount, NewHold, NewLimits, Posting } from '@timebank/ledger';
import { freeOf, ModelBooks, type Movement, refusedWith } from './model-books';
import { judgeLeg } from './model-leg';

type AnsweredCall = { content: string; answer: string };

/**
 * The ledger's rules once more, as plainly as possible and in memory: it takes what the abilities take and says in one line what they should answer.
 * For two banks or more; calls never come to it at once.
 */
export class ModelLedger {
  readonly books = new ModelBooks();
  private readonly answered = new Map<string, AnsweredCall>();

  open(bankId: string, accounts: readonly NewAccount[]): void {
    for (const account of accounts) this.books.open(bankId, account);
  }

  /** A call's postings one after the other. */
  post(postings: readonly Posting[]): string[] {
    return postings.map((posting) => {
      const content = contentOf(posting);
      const before = this.answered.get(posting.transferId);
      if (before) return before.content === content ? before.answer.replace('posted', 'repeated') : refusedWith('ledger/id_reused');
      const answer = this.postNew(posting);
      this.answered.set(posting.transferId, { content, answer });
      return answer;
    });
  }

  private postNew(posting: Posting): string {
    const { onward } = posting;
    const first = judgeLeg(this.books, posting);
    if ('refused' in first) return first.refused;
    const second = onward
      ? judgeLeg(this.books, { ...posting, holdId: null, cover: null, ...onward, minutes: onward.minutes ?? posting.minutes })
      : first;
    if ('refused' in second) return second.refused;
    for (const movement of onward ? [...first.movements, ...second.movements] : first.movements) this.move(movement);
    if (posting.holdId !== null) this.endHold(posting.holdId, 'posted');
    return `posted ${second.main}+${onward ? first.spilled + second.spilled : first.spilled}`;
  }

  private move(movement: Movement): void {
    this.books.account(movement.debitId).balance -= movement.minutes;
    this.books.account(movement.creditId).balance += movement.minutes;
    this.books.transfers.set(movement.id, { ...movement, isReversed: false });
    const original = movement.reversesId === null ? undefined : this.books.transfers.get(movement.reversesId);
    if (original) original.isReversed = true;
  }

  private endHold(holdId: string, state: 'posted' | 'released' | 'expired'): void {
    const hold = this.books.holds.get(holdId);
    if (hold?.state !== 'open') return;
    this.books.account(hold.accountId).held -= hold.minutes;
    hold.state = state;
  }

  placeHold(hold: NewHold): string {
    const account = this.books.account(hold.accountId);
    const free = freeOf(account);
    if (account.isClosed) return refusedWith('ledger/account_closed');
    if (free < hold.minutes) return refusedWith('ledger/overdraft', { availableMinutes: free });
    this.books.holds.set(hold.holdId, { ...hold, state: 'open' });
    account.held += hold.minutes;
    return 'done';
  }

  releaseHold(holdId: string): string {
    if (this.books.holds.get(holdId)?.state === 'posted') return refusedWith('ledger/hold_ended');
    this.endHold(holdId, 'released');
    return 'done';
  }

  expireHolds(bankId: string, now: Date): string {
    const due = [...this.books.holds.values()].filter((hold) => hold.bankId === bankId && hold.state === 'open' && hold.expiresAt <= now);
    for (const { holdId } of due) this.endHold(holdId, 'expired');
    return `done ${due.length}`;
  }

  setLimits(accountId: string, { floorMinutes, ceilingMinutes }: NewLimits): string {
    const account = this.books.account(accountId);
    if (account.isClosed) return refusedWith('ledger/account_closed');
    if (account.balance - account.held < (floorMinutes ?? -Infinity) || account.balance > (ceilingMinutes ?? Infinity))
      return refusedWith('ledger/limit_passed', { balanceMinutes: account.balance, heldMinutes: account.held });
    Object.assign(account, { floorMinutes, ceilingMinutes });
    return 'done';
  }

  capMembers(bankId: string, cap: number): string {
    const open = this.books.accountsOf(bankId).filter((account) => account.kind === 'member' && !account.isClosed);
    const changed = open.filter((account) => account.ceilingMinutes !== Math.max(cap, account.balance));
    for (const account of changed) account.ceilingMinutes = Math.max(cap, account.balance);
    return `done ${changed.length}`;
  }

  close(accountId: string): string {
    const account = this.books.account(accountId);
    if (account.balance !== 0 || account.held !== 0)
      return refusedWith('ledger/account_not_empty', { balanceMinutes: account.balance, heldMinutes: account.held });
    account.isClosed = true;
    return 'done';
  }
}

/** What a repeat must send again. Who sent it, and when it took effect, are not part of it. */
function contentOf(posting: Posting): string {
  const { debitAccountId, creditAccountId, minutes, kind, class: transferClass, visitId, reversesId, memoCode } = posting;
  return JSON.stringify([debitAccountId, creditAccountId, minutes, kind, transferClass, visitId, reversesId, memoCode]);
}
