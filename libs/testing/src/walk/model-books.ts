import type { NewAccount, NewHold } from '@timebank/ledger';

export type ModelAccount = NewAccount & { bankId: string; balance: number; held: number; isClosed: boolean };
export type ModelHold = NewHold & { state: 'open' | 'posted' | 'released' | 'expired' };
/** A row that a posting writes. */
export type Movement = {
  id: string;
  debitId: string;
  creditId: string;
  minutes: number;
  isReversal: boolean;
  reversesId: string | null;
  visitId: string | null;
  /** Of a service that the cap split: the row which took the rest. */
  spilledId: string | null;
};

/** What the model has written: nothing but maps. */
export class ModelBooks {
  readonly accounts = new Map<string, ModelAccount>();
  readonly transfers = new Map<string, Movement & { isReversed: boolean }>();
  readonly holds = new Map<string, ModelHold>();

  open(bankId: string, account: NewAccount): void {
    this.accounts.set(account.accountId, { ...account, bankId, balance: 0, held: 0, isClosed: false });
  }

  account(accountId: string): ModelAccount {
    const account = this.accounts.get(accountId);
    if (!account) throw new Error('the model knows no such account');
    return account;
  }

  accountsOf(bankId: string): ModelAccount[] {
    return [...this.accounts.values()].filter((account) => account.bankId === bankId);
  }
}

/** A refusal as both the model and the walk spell it. */
export const refusedWith = (code: string, parameters: object = {}) => `${code} ${JSON.stringify(parameters)}`;

/** What can be spent. Without a floor there is no end to it. */
export const freeOf = ({ balance, held, floorMinutes }: ModelAccount) => balance - held - (floorMinutes ?? -Infinity);
