import type { RefusalCode, TransferClass, TransferKind } from '@timebank/contract';

/** Minutes asked to go from a debit account to a credit account of one bank. */
export type Posting = {
  bankId: string;
  /** Made by the caller and kept before sending: the key by which a repeat is known, for ever. */
  transferId: string;
  debitAccountId: string;
  creditAccountId: string;
  minutes: number;
  kind: TransferKind;
  /** Of a service; a reversal takes its original's. */
  class: TransferClass | null;
  visitId: string | null;
  reversesId: string | null;
  memoCode: string | null;
  /** The person who did it. Not part of the content, and neither is `effectiveAt`: a repeat may come later, from a colleague. */
  actorId: string;
  effectiveAt: Date;
  /** Ended by this posting: posted in part or whole, the rest released. */
  holdId: string | null;
  /** What the credit account's ceiling does not take goes there. In a reversal: takes back what the original sent there. */
  overflow: { accountId: string; transferId: string } | null;
  /** What the debit account lacks is drawn from there first, while no more than `limitMinutes` are issued in all. */
  cover: { accountId: string; transferId: string; limitMinutes: number | null } | null;
};

export type PostOutcome = {
  transferId: string;
  outcome: 'posted' | 'repeated' | 'refused';
  code?: RefusalCode;
  parameters?: Record<string, unknown>;
  postedMinutes: number;
  overflowMinutes: number;
};

/** One row of what `post_many` answers, by the place of the posting among those sent. */
export type PostedRow = {
  place: number;
  outcome: PostOutcome['outcome'];
  code: RefusalCode | null;
  parameters: Record<string, unknown>;
  postedMinutes: number;
  overflowMinutes: number;
};

function contentOf(posting: Posting): string {
  const { bankId, debitAccountId, creditAccountId, minutes, kind, class: transferClass, visitId, reversesId, memoCode } = posting;
  return JSON.stringify([bankId, debitAccountId, creditAccountId, minutes, kind, transferClass, visitId, reversesId, memoCode]);
}

const keyOf = (posting: Posting) => `${posting.bankId}/${posting.transferId}`;

/** The first posting of every id; the function takes each id once a call. */
export function firstOfEachId(postings: readonly Posting[]): Posting[] {
  const first = new Map<string, Posting>();
  for (const posting of postings) if (!first.has(keyOf(posting))) first.set(keyOf(posting), posting);
  return [...first.values()];
}

/** The answers in the order asked. An id listed again in the same call is a repeat, or reused when it asks for something else. */
export function outcomesOf(postings: readonly Posting[], sent: readonly Posting[], rows: readonly PostedRow[]): PostOutcome[] {
  const answers = new Map<string, { posting: Posting; row: PostedRow }>();
  for (const row of rows) {
    const posting = sent[row.place - 1];
    if (posting) answers.set(keyOf(posting), { posting, row });
  }
  const answered = new Set<string>();
  return postings.map((posting) => {
    const answer = answers.get(keyOf(posting));
    if (!answer) throw new Error('the ledger left a posting unanswered');
    const again = answered.has(keyOf(posting));
    answered.add(keyOf(posting));
    const { transferId } = posting;
    if (contentOf(answer.posting) !== contentOf(posting)) {
      return { transferId, outcome: 'refused', code: 'ledger/id_reused', parameters: {}, postedMinutes: 0, overflowMinutes: 0 };
    }
    const { outcome, code, parameters, postedMinutes, overflowMinutes } = answer.row;
    if (code !== null) return { transferId, outcome, code, parameters, postedMinutes, overflowMinutes };
    return { transferId, outcome: again ? 'repeated' : outcome, postedMinutes, overflowMinutes };
  });
}

/** Every account that the postings touch, once and in id order, as the locks are taken; and the place of each in that list. */
function accountsOf(postings: readonly Posting[]): { keys: string[]; places: ReadonlyMap<string, number> } {
  const keys = new Set<string>();
  for (const { bankId, debitAccountId, creditAccountId, overflow, cover } of postings) {
    keys.add(`${bankId}/${debitAccountId}`).add(`${bankId}/${creditAccountId}`);
    if (overflow) keys.add(`${bankId}/${overflow.accountId}`);
    if (cover) keys.add(`${bankId}/${cover.accountId}`);
  }
  const ordered = [...keys].sort();
  return { keys: ordered, places: new Map(ordered.map((key, index) => [key, index + 1])) };
}

/** The arguments of `post_many`: every account once, then the postings column by column, naming accounts by their place. */
export function postArguments(postings: readonly Posting[], recordedAt: Date): unknown[] {
  const { keys, places } = accountsOf(postings);
  const place = (bankId: string, accountId: string | undefined) => (accountId === undefined ? null : places.get(`${bankId}/${accountId}`));
  const column = (read: (posting: Posting) => unknown) => postings.map(read);
  const columns = [
    column((posting) => posting.bankId),
    column((posting) => posting.transferId),
    column((posting) => place(posting.bankId, posting.debitAccountId)),
    column((posting) => place(posting.bankId, posting.creditAccountId)),
    column((posting) => posting.minutes),
    column((posting) => posting.kind),
    column((posting) => posting.class),
    column((posting) => posting.visitId),
    column((posting) => posting.reversesId),
    column((posting) => posting.memoCode),
    column((posting) => posting.actorId),
    column((posting) => posting.effectiveAt.toISOString()),
    column((posting) => posting.holdId),
    column((posting) => place(posting.bankId, posting.overflow?.accountId)),
    column((posting) => posting.overflow?.transferId ?? null),
    column((posting) => place(posting.bankId, posting.cover?.accountId)),
    column((posting) => posting.cover?.transferId ?? null),
    column((posting) => posting.cover?.limitMinutes ?? null),
  ];
  return [recordedAt.toISOString(), keys.map((key) => key.slice(0, 36)), keys.map((key) => key.slice(37)), ...columns];
}
