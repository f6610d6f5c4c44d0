import type { RefusalCode, TransferClass, TransferKind } from '@timebank/contract';

/** Minutes to move from a debit account to a credit account of one bank. */
export type Posting = {
  bankId: string;
  /** The caller makes and keeps it before sending; a repeat is recognised by it for ever. */
  transferId: string;
  debitAccountId: string;
  creditAccountId: string;
  minutes: number;
  kind: TransferKind;
  /** The class of a service; a reversal takes its original's. */
  class: TransferClass | null;
  visitId: string | null;
  reversesId: string | null;
  memoCode: string | null;
  /** The person who did it. Not part of the content, and neither is `effectiveAt`: a repeat may come later, from a colleague. */
  actorId: string;
  effectiveAt: Date;
  /** Ended by this posting: posted in part or whole, the rest released. */
  holdId: string | null;
  /** Where minutes above the credit account's ceiling go. In a reversal: takes back what the original sent there. */
  overflow: { accountId: string; transferId: string } | null;
  /** A second leg in another bank, posted together with the first or not at all: the same minutes, kind, class, visit and actor. */
  onward?: Onward | null;
  /** Where missing minutes of the debit account come from first, while no more than `limitMinutes` are issued in all. */
  cover: { accountId: string; transferId: string; limitMinutes: number | null } | null;
};

export type Onward = {
  bankId: string;
  /** Derived from the first leg's id, so that a repeat finds it. */
  transferId: string;
  debitAccountId: string;
  creditAccountId: string;
  /** Only where a reversal finds that the legs differ, because a cap had sent part of the second one on. */
  minutes?: number;
  reversesId: string | null;
  overflow: { accountId: string; transferId: string } | null;
};

export type PostOutcome = {
  transferId: string;
  outcome: 'posted' | 'repeated' | 'refused';
  code?: RefusalCode;
  parameters?: Record<string, unknown>;
  postedMinutes: number;
  overflowMinutes: number;
};

/** One row of what `post_many` answers, by the place of the posting's first leg among all legs sent. */
export type PostedRow = {
  place: number;
  outcome: PostOutcome['outcome'];
  code: RefusalCode | null;
  parameters: Record<string, unknown>;
  postedMinutes: number;
  overflowMinutes: number;
};

function contentOf(posting: Posting): string {
  const { bankId, debitAccountId, creditAccountId, minutes, kind, class: transferClass, visitId, reversesId, memoCode, onward } = posting;
  return JSON.stringify([
    bankId,
    debitAccountId,
    creditAccountId,
    minutes,
    kind,
    transferClass,
    visitId,
    reversesId,
    memoCode,
    onward?.creditAccountId,
  ]);
}

export const keyOf = (posting: Posting) => `${posting.bankId}/${posting.transferId}`;

/** Every bank that the postings touch. */
export function banksOf(postings: readonly Posting[]): string[] {
  return [...new Set(postings.flatMap(({ bankId, onward }) => (onward ? [bankId, onward.bankId] : [bankId])))];
}

/** The first posting of every id; the function takes each id once a call. */
export function firstOfEachId(postings: readonly Posting[]): Posting[] {
  const first = new Map<string, Posting>();
  for (const posting of postings) if (!first.has(keyOf(posting))) first.set(keyOf(posting), posting);
  return [...first.values()];
}

/** The answers in the order asked. An id listed again in the same call is a repeat, or reused when it asks for something else. */
export function outcomesOf(postings: readonly Posting[], sent: readonly Posting[], rows: readonly PostedRow[]): PostOutcome[] {
  const answers = new Map<string, { posting: Posting; row: PostedRow }>();
  const atPlace = new Map<number, Posting>();
  let place = 1;
  for (const posting of sent) {
    atPlace.set(place, posting);
    place += posting.onward ? 2 : 1;
  }
  for (const row of rows) {
    const posting = atPlace.get(row.place);
    if (posting) answers.set(keyOf(posting), { posting, row });
  }
  const answered = new Set<string>();
  return postings.map((posting) => {
    const answer = answers.get(keyOf(posting));
    if (!answer) throw new Error('the ledger left a posting unanswered');
    const again = answered.has(keyOf(posting));
    answered.add(keyOf(posting));
    const { transferId } = posting;
    if (answer.posting !== posting && contentOf(answer.posting) !== contentOf(posting)) {
      return { transferId, outcome: 'refused', code: 'ledger/id_reused', parameters: {}, postedMinutes: 0, overflowMinutes: 0 };
    }
    const { outcome, code, parameters, postedMinutes, overflowMinutes } = answer.row;
    if (code !== null) return { transferId, outcome, code, parameters, postedMinutes, overflowMinutes };
    return { transferId, outcome: again ? 'repeated' : outcome, postedMinutes, overflowMinutes };
  });
}

/** Most minutes that one transfer may move: some 19 years. */
const mostMinutes = 10_000_000;

/** Whether the minutes of a posting are whole, more than none and not absurd. */
export function hasSoundMinutes({ minutes, onward }: Posting): boolean {
  return [minutes, onward?.minutes ?? minutes].every((given) => Number.isInteger(given) && given > 0 && given <= mostMinutes);
}

/** A posting whose minutes are unsound: refused at the door, before the ledger hears of it. */
export const unsoundMinutes = ({ transferId }: Posting): PostOutcome => ({
  transferId,
  outcome: 'refused',
  code: 'ledger/unsound_minutes',
  parameters: { mostMinutes },
  postedMinutes: 0,
  overflowMinutes: 0,
});

type Leg = Omit<Posting, 'onward' | 'holdId' | 'cover'> & Partial<Pick<Posting, 'holdId' | 'cover'>> & { legs: number };

/** The legs of the postings one after the other; the first of each says how many there are. */
function legsOf(postings: readonly Posting[]): Leg[] {
  return postings.flatMap(({ onward, ...first }) =>
    onward
      ? [
          { ...first, legs: 2 },
          { ...first, holdId: null, cover: null, ...onward, minutes: onward.minutes ?? first.minutes, legs: 0 },
        ]
      : [{ ...first, legs: 1 }],
  );
}

function accountKeysOfLegs(legs: readonly Leg[]): string[] {
  const seen = new Set<string>();
  const see = (key: string) => seen.add(key);
  for (const { bankId, debitAccountId, creditAccountId, overflow, cover } of legs) {
    see(`${bankId}/${debitAccountId}`);
    see(`${bankId}/${creditAccountId}`);
    if (overflow) see(`${bankId}/${overflow.accountId}`);
    if (cover) see(`${bankId}/${cover.accountId}`);
  }
  return [...seen];
}

/** Every account that the postings touch, once. */
export const accountKeysOf = (postings: readonly Posting[]): string[] => accountKeysOfLegs(legsOf(postings));

/** Every account that the legs touch, once and in id order, as the locks are taken; and the place of each in that list. */
function accountsOf(legs: readonly Leg[]): { keys: string[]; places: ReadonlyMap<string, number> } {
  const keys = accountKeysOfLegs(legs).sort();
  return { keys, places: new Map(keys.map((key, index) => [key, index + 1])) };
}

const plain = /^[\w.:+-]+$/;
const quoted = (text: string) => `"${text.replace(/["\\]/g, String.raw`\$&`)}"`;

/** A row in Postgres's text form of a composite value. */
function recordText(cells: readonly (string | number | null | undefined)[]): string {
  const texts = cells.map((cell) => {
    const text = cell === null || cell === undefined ? null : String(cell);
    return text === null ? '' : plain.test(text) ? text : quoted(text);
  });
  return `(${texts.join(',')})`;
}

/** The arguments of `post_many`: every account once, then the legs, naming accounts by their place. */
export function postArguments(postings: readonly Posting[], recordedAt: Date): unknown[] {
  const legs = legsOf(postings);
  const { keys, places } = accountsOf(legs);
  const records = legs.map((leg) => {
    const { bankId, overflow, cover } = leg;
    const place = (accountId: string | undefined) => (accountId === undefined ? null : places.get(`${bankId}/${accountId}`));
    return recordText([
      leg.legs,
      bankId,
      leg.transferId,
      place(leg.debitAccountId),
      place(leg.creditAccountId),
      leg.minutes,
      leg.kind,
      leg.class,
      leg.visitId,
      leg.reversesId,
      leg.memoCode,
      leg.actorId,
      leg.effectiveAt.toISOString(),
      leg.holdId,
      place(overflow?.accountId),
      overflow?.transferId,
      place(cover?.accountId),
      cover?.transferId,
      cover?.limitMinutes,
    ]);
  });
  return [
    recordedAt.toISOString(),
    keys.map((key) => key.slice(0, 36)),
    keys.map((key) => key.slice(37)),
    `{${records.map(quoted).join(',')}}`,
  ];
}
