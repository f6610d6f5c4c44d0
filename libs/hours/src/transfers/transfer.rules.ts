import { refuse, type RefusalCode, type RelationKind, type TransferInput } from '@timebank/contract';
import type { Refusal } from '@timebank/kernel';

/** Nanjing Gulou 2018: members may give minutes to their spouse and to relatives in the direct line. */
const giftRelations: readonly RelationKind[] = ['spouse', 'parent', 'child', 'grandparent', 'grandchild'];

export function mayReceiveGift(kind: RelationKind): boolean {
  return giftRelations.includes(kind);
}

/** Whole years on a calendar day. Somebody born on 29 February turns a year older on 1 March of a common year. */
export function ageOn(birthDate: string, day: string): number {
  const years = Number(day.slice(0, 4)) - Number(birthDate.slice(0, 4));
  return day.slice(5) >= birthDate.slice(5) ? years : years - 1;
}

/** A reversal names its original, and nothing else does. */
export function refuseWrongShape({ kind, reversesId }: TransferInput): void {
  if ((kind === 'reversal') !== (reversesId !== undefined)) throw refuse('request/malformed', { problem: 'custom' }, 'body.reversesId');
}

const fields: Partial<Record<RefusalCode, string>> = {
  'ledger/same_account': 'body.toAccountId',
  'ledger/overdraft': 'body.minutes',
  'ledger/unsound_minutes': 'body.minutes',
  'ledger/credit_line': 'body.minutes',
  'ledger/ceiling': 'body.minutes',
  'ledger/issue_limit': 'body.minutes',
  'ledger/transfer_not_found': 'body.reversesId',
  'ledger/already_reversed': 'body.reversesId',
  'ledger/reversal_of_reversal': 'body.reversesId',
  'ledger/reversal_differs': 'body.reversesId',
};

/** The ledger's refusal, pointing at the field that it is about. */
export function refusalOf(input: TransferInput, code: RefusalCode, parameters: Record<string, unknown> = {}): Refusal {
  if (code !== 'ledger/account_not_found') return refuse(code, parameters, fields[code]);
  return refuse(code, parameters, parameters['accountId'] === input.fromAccountId ? 'body.fromAccountId' : 'body.toAccountId');
}
