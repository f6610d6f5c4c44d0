import { Controller } from '@nestjs/common';
import type { Actor } from '@timebank/access';
import type { Account, AnswerOf, Giving, InputOf, Stored, Transfer, TrialBalance, Waiting } from '@timebank/contract';
import { ListAccounts, ListEntries, ShowAccount, ShowGiving, ShowTrialBalance, TransferHours } from '@timebank/hours';
import { Caller, Endpoint, Input } from '../../http/endpoint';

/** Accounts, and what people do with minutes. */
@Controller()
export class LedgerController {
  constructor(
    private readonly listAccounts: ListAccounts,
    private readonly showAccount: ShowAccount,
    private readonly showGiving: ShowGiving,
    private readonly listEntries: ListEntries,
    private readonly transferHours: TransferHours,
    private readonly showTrialBalance: ShowTrialBalance,
  ) {}

  @Endpoint('listAccounts')
  list(@Input() { params, query }: InputOf<'listAccounts'>): Promise<AnswerOf<'listAccounts'>> {
    return this.listAccounts.run(params.bankId, query);
  }

  @Endpoint('getAccount')
  get(@Caller() caller: Actor, @Input() { params }: InputOf<'getAccount'>): Promise<Account> {
    return this.showAccount.run(caller, params.bankId, params.accountId);
  }

  @Endpoint('showGiving')
  giving(@Caller() caller: Actor, @Input() { params }: InputOf<'showGiving'>): Promise<Giving> {
    return this.showGiving.run(caller, params.bankId, params.accountId);
  }

  @Endpoint('listEntries')
  entries(@Caller() caller: Actor, @Input() { params, query }: InputOf<'listEntries'>): Promise<AnswerOf<'listEntries'>> {
    return this.listEntries.run(caller, params.bankId, params.accountId, query);
  }

  @Endpoint('putTransfer')
  transfer(@Caller() caller: Actor, @Input() { params, body }: InputOf<'putTransfer'>): Promise<Stored<Transfer> | Waiting> {
    return this.transferHours.run(caller, params.bankId, params.transferId, body);
  }

  @Endpoint('trialBalance')
  trialBalance(@Input() { params }: InputOf<'trialBalance'>): Promise<TrialBalance> {
    return this.showTrialBalance.run(params.bankId);
  }
}
