import { Injectable } from '@nestjs/common';
import { type Actor, banksOf } from '@timebank/access';
import { CreditLineReached } from '@timebank/banks';
import { isWaiting, refuse, type Stored, type Transfer as TransferAnswer, type TransferInput, type Waiting } from '@timebank/contract';
import { UnitOfWork } from '@timebank/database';
import { Refusal } from '@timebank/kernel';
import { type Posting, PostTransfers, type Transfer } from '@timebank/ledger';
import { BanksOfTransfer } from './banks-of-transfer';
import { DraftPosting } from './draft-posting';
import { HandTransfers } from './hand-transfers';
import { refusalOf, refuseWrongShape } from './transfer.rules';

/**
 * What people do with minutes. An admin grants from the fund (issuance covers what it lacks, under policy `issueLimitMinutes`) or from the pool, or
 * reverses a transfer, once and whole. A member gives from their own account to spouse or lineal relative of age, or donates to the pool; with
 * `toBankId` to a relative or the pool of another bank, through the clearing accounts. A reversal takes back both legs. `HandTransfers` has the rules
 * for staff: a large sum waits for a second admin. One transaction; idempotent by id for ever: a repeat gets the first result, and a refusal of the
 * ledger stays. Refuses with the codes of `hours/` and `ledger/`, and `access/not_allowed`. Source: Nanjing 2019 (fund, donation), Gulou 2018
 * (gifts).
 */
@Injectable()
export class TransferHours {
  constructor(
    private readonly unit: UnitOfWork,
    private readonly draftPosting: DraftPosting,
    private readonly handTransfers: HandTransfers,
    private readonly postTransfers: PostTransfers,
    private readonly banksOfTransfer: BanksOfTransfer,
    private readonly creditLineReached: CreditLineReached,
  ) {}

  async run(actor: Actor, bankId: string, transferId: string, input: TransferInput): Promise<Stored<TransferAnswer> | Waiting> {
    refuseWrongShape(input);
    // The ledger's refusal is a result. It is thrown after the commit; else it would not be stored.
    const banks = new Set([...(await this.banksOfTransfer.run(bankId, input)), ...banksOf(actor, bankId)]);
    const answer = await this.unit.run([...banks], async () => {
      await this.handTransfers.hold(bankId, transferId, input);
      const posting = await this.draftPosting.run(actor, bankId, transferId, input);
      const cleared = await this.handTransfers.clear(actor, posting, input);
      if (isWaiting(cleared)) return cleared;
      const [answered] = await this.postTransfers.run([posting]);
      const outcome = answered && (await this.creditLineReached.run(posting, answered));
      if (outcome?.code !== undefined) return refusalOf(input, outcome.code, outcome.parameters);
      if (cleared.isNew && outcome?.outcome === 'posted') await this.handTransfers.keep(actor, posting, input, cleared.firstBy);
      return { first: outcome?.outcome === 'posted', value: await this.read(posting) };
    });
    if (answer instanceof Refusal) throw answer;
    return answer;
  }

  private async read({ bankId, transferId, kind, onward }: Posting): Promise<TransferAnswer> {
    const row = await this.unit.one<Transfer>('select * from transfer where bank_id = $1 and transfer_id = $2', [bankId, transferId]);
    if (!row) throw refuse('ledger/transfer_not_found');
    return {
      transferId,
      bankId,
      kind: row.kind,
      class: row.class,
      fromAccountId: row.debitAccountId,
      // Where a gift or donation to another bank went; the row itself names the clearing account on the way.
      toAccountId: onward && kind !== 'reversal' ? onward.creditAccountId : row.creditAccountId,
      minutes: row.minutes,
      at: row.recordedAt.toISOString(),
      visitId: row.visitId,
      reversesId: row.reversesId,
    };
  }
}
