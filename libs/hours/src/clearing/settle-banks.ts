import { Injectable } from '@nestjs/common';
import { type Actor, Locator } from '@timebank/access';
import { clearingAccountOf, OpenClearing, onwardIdOf, ReadBank } from '@timebank/banks';
import { type BankSettlement, type BankSettlementInput, refuse, type Stored } from '@timebank/contract';
import { deriveId, UnitOfWork } from '@timebank/database';
import { Refusal } from '@timebank/kernel';
import { type Posting, PostTransfers, type Transfer } from '@timebank/ledger';
import { PolicyToday } from '../policy-today';

type SettlementRequest = BankSettlementInput & { settlementId: string };

/**
 * Brings the position between two banks toward zero: the creditor bank's fund (issuance covers what it lacks, up to policy
 * `issueLimitMinutes`) pays its clearing account, the debtor bank's clearing account pays its fund. Both legs or none, in one
 * transaction; each bank still sums to zero and so does the pair. Idempotent by id for ever. Never past zero
 * (`clearing/past_zero` with the `availableMinutes`). Refuses `clearing/own_bank`, `banks/not_found`, `clearing/id_reused`,
 * `ledger/issue_limit`. The door lets city admins only.
 */
@Injectable()
export class SettleBanks {
  constructor(
    private readonly unit: UnitOfWork,
    private readonly locator: Locator,
    private readonly readBank: ReadBank,
    private readonly policyToday: PolicyToday,
    private readonly openClearing: OpenClearing,
    private readonly postTransfers: PostTransfers,
  ) {}

  async run(actor: Actor, settlementId: string, input: BankSettlementInput): Promise<Stored<BankSettlement>> {
    if (input.debtorBankId === input.creditorBankId) throw refuse('clearing/own_bank', {}, 'body.debtorBankId');
    for (const field of ['debtorBankId', 'creditorBankId'] as const) {
      if (!(await this.locator.isBank(input[field]))) throw refuse('banks/not_found', {}, `body.${field}`);
    }
    // The ledger's refusal is a result. It is thrown after the commit; else it would not be stored.
    const answer = await this.unit.run(await this.locator.banks(), () => this.settle(actor, { ...input, settlementId }));
    if (answer instanceof Refusal) throw answer;
    return answer;
  }

  private async settle(actor: Actor, asked: SettlementRequest): Promise<Stored<BankSettlement> | Refusal> {
    const { settlementId, creditorBankId, debtorBankId, minutes } = asked;
    const elsewhere = await this.unit.one('select from transfer where bank_id = any ($1) and transfer_id = $2 and bank_id <> $3', [
      await this.locator.banks(),
      settlementId,
      creditorBankId,
    ]);
    if (elsewhere) throw refuse('clearing/id_reused');
    await this.openClearing.run(creditorBankId, debtorBankId);
    const [outcome] = await this.postTransfers.run([await this.posting(actor, asked)]);
    if (outcome?.code === 'ledger/id_reused') throw refuse('clearing/id_reused');
    // Only the debtor's clearing account can be short here: its position is further from the creditor's than the line between them.
    if (outcome?.code === 'ledger/overdraft') throw refuse('clearing/past_zero', { availableMinutes: 0 }, 'body.minutes');
    if (outcome?.code !== undefined) return refuse(outcome.code, outcome.parameters, 'body.minutes');
    const [paid, received] = [await this.read(creditorBankId, settlementId), await this.read(debtorBankId, onwardIdOf(settlementId))];
    // Looked at after posting, when both accounts are locked; throwing takes it back.
    const past = Math.max(paid.creditBalanceAfter, -received.debitBalanceAfter);
    if (outcome?.outcome === 'posted' && past > 0) {
      throw refuse('clearing/past_zero', { availableMinutes: Math.max(0, minutes - past) }, 'body.minutes');
    }
    const value = {
      settlementId,
      creditorBankId,
      debtorBankId,
      minutes,
      at: paid.recordedAt.toISOString(),
      positionMinutes: paid.creditBalanceAfter,
    };
    return { first: outcome?.outcome === 'posted', value };
  }

  private async posting(actor: Actor, { settlementId, creditorBankId, debtorBankId, minutes }: SettlementRequest): Promise<Posting> {
    const creditor = await this.readBank.run(creditorBankId);
    const debtor = await this.readBank.run(debtorBankId);
    const { issueLimitMinutes } = await this.policyToday.run(creditorBankId);
    return {
      bankId: creditorBankId,
      transferId: settlementId,
      debitAccountId: creditor.fundAccountId,
      creditAccountId: clearingAccountOf(creditorBankId, debtorBankId),
      minutes,
      kind: 'clearing',
      class: null,
      visitId: null,
      reversesId: null,
      memoCode: null,
      actorId: actor.personId,
      effectiveAt: this.unit.now,
      holdId: null,
      overflow: null,
      onward: {
        bankId: debtorBankId,
        transferId: onwardIdOf(settlementId),
        debitAccountId: clearingAccountOf(debtorBankId, creditorBankId),
        creditAccountId: debtor.fundAccountId,
        reversesId: null,
        overflow: null,
      },
      cover: { accountId: creditor.issuanceAccountId, transferId: deriveId(settlementId, 'issue'), limitMinutes: issueLimitMinutes },
    };
  }

  private async read(bankId: string, transferId: string): Promise<Transfer> {
    const row = await this.unit.one<Transfer>('select * from transfer where bank_id = $1 and transfer_id = $2', [bankId, transferId]);
    if (!row) throw refuse('ledger/transfer_not_found');
    return row;
  }
}
