import { Injectable } from '@nestjs/common';
import { type Actor, hasRole, memberIn, SignInTrust } from '@timebank/access';
import { ReadBank, ReadPolicy } from '@timebank/banks';
import { refuse, type TransferInput } from '@timebank/contract';
import { deriveId, UnitOfWork } from '@timebank/database';
import { localDate } from '@timebank/kernel';
import type { Account, Posting, Transfer } from '@timebank/ledger';
import { DraftOnward } from './draft-onward';
import { GiftCheck } from './gift-check';

type Draft = {
  actor: Actor;
  bankId: string;
  toBankId: string;
  input: TransferInput;
  posting: Posting;
  from: Account | undefined;
  to: Account | undefined;
  isKnown: boolean;
};

/**
 * Turns a call into a posting, or refuses it. It always checks whose minutes they are. It checks who may receive them only while the ledger does not
 * know the id; then the ledger repeats its first answer, whatever has changed since. A missing account is for the ledger to refuse, which stores the
 * refusal.
 */
@Injectable()
export class DraftPosting {
  constructor(
    private readonly unit: UnitOfWork,
    private readonly readBank: ReadBank,
    private readonly readPolicy: ReadPolicy,
    private readonly giftCheck: GiftCheck,
    private readonly trust: SignInTrust,
    private readonly onward: DraftOnward,
  ) {}

  async run(actor: Actor, bankId: string, transferId: string, input: TransferInput): Promise<Posting> {
    const isAdmins = input.kind === 'grant' || input.kind === 'reversal';
    if (isAdmins && !hasRole(actor, 'admin', bankId)) throw refuse('access/not_allowed');
    const toBankId = input.toBankId ?? bankId;
    if (isAdmins && toBankId !== bankId) throw refuse('hours/another_bank', {}, 'body.toBankId');
    const accounts = await this.unit.query<Account>(
      'select * from account where (bank_id, account_id) in (($1::uuid, $2::uuid), ($3::uuid, $4::uuid))',
      [bankId, input.fromAccountId, toBankId, input.toAccountId],
    );
    const from = accounts.find((account) => account.accountId === input.fromAccountId && account.bankId === bankId);
    const to = accounts.find((account) => account.accountId === input.toAccountId && account.bankId === toBankId);
    if (!isAdmins && from && (from.ownerId === null || from.ownerId !== memberIn(actor, bankId)))
      throw refuse('access/not_allowed', {}, 'body.fromAccountId');
    const posting: Posting = {
      bankId,
      transferId,
      debitAccountId: input.fromAccountId,
      creditAccountId: input.toAccountId,
      minutes: input.minutes,
      kind: input.kind,
      class: null,
      visitId: null,
      reversesId: input.reversesId ?? null,
      memoCode: input.reasonCode ?? null,
      actorId: actor.personId,
      effectiveAt: this.unit.now,
      holdId: null,
      overflow: null,
      cover: null,
    };
    const draft: Draft = { toBankId, actor, bankId, input, posting, from, to, isKnown: await this.isKnown(bankId, transferId) };
    if (!isAdmins && !draft.isKnown) await this.trust.refuseGiving(actor.personId);
    switch (input.kind) {
      case 'grant':
        return this.grant(draft);
      case 'gift':
        return this.acrossBanks(draft, await this.gift(draft));
      case 'donation':
        return this.acrossBanks(draft, await this.donation(draft));
      case 'reversal':
        return this.reversal(draft);
    }
  }

  private async isKnown(bankId: string, transferId: string): Promise<boolean> {
    const known = await this.unit.one(
      `select from transfer where bank_id = $1 and transfer_id = $2 union all select from refusal where bank_id = $1 and transfer_id = $2`,
      [bankId, transferId],
    );
    return known !== null;
  }

  /** From the fund, issuance covering what it lacks, or from what was donated. */
  private async grant({ bankId, posting, from, to, isKnown }: Draft): Promise<Posting> {
    const bank = await this.readBank.run(bankId);
    if (!isKnown && from && to) {
      if (from.kind !== 'fund' && from.kind !== 'pool') throw refuse('hours/wrong_account', {}, 'body.fromAccountId');
      if (to.kind !== 'member') throw refuse('hours/wrong_account', {}, 'body.toAccountId');
    }
    if (from?.kind !== 'fund') return posting;
    const { issueLimitMinutes } = await this.readPolicy.run(bankId, localDate(this.unit.now, bank.zone));
    const cover = { accountId: bank.issuanceAccountId, transferId: deriveId(posting.transferId, 'issue'), limitMinutes: issueLimitMinutes };
    return { ...posting, cover };
  }

  private async gift({ bankId, toBankId, posting, from, to, isKnown }: Draft): Promise<Posting> {
    if (isKnown || !from || !to || from.accountId === to.accountId) return posting;
    if (from.ownerId === null || to.kind !== 'member' || to.ownerId === null) throw refuse('hours/wrong_account', {}, 'body.toAccountId');
    const { zone } = await this.readBank.run(bankId);
    const day = localDate(this.unit.now, zone);
    const giver = { bankId, memberId: from.ownerId };
    await this.giftCheck.run(giver, { bankId: toBankId, memberId: to.ownerId }, day, await this.readPolicy.run(bankId, day));
    return posting;
  }

  private async donation({ posting, to, isKnown }: Draft): Promise<Posting> {
    if (!isKnown && to && to.kind !== 'pool') throw refuse('hours/wrong_account', {}, 'body.toAccountId');
    return posting;
  }

  private acrossBanks({ bankId, toBankId, isKnown }: Draft, posting: Posting): Promise<Posting> | Posting {
    return toBankId === bankId ? posting : this.onward.to(toBankId, posting, isKnown);
  }

  /** Whole and exact. What the cap sent on from a service comes back with it, and so does the leg in another bank. */
  private async reversal({ actor, bankId, posting, from, to }: Draft): Promise<Posting> {
    const original = await this.unit.one<Transfer>('select * from transfer where bank_id = $1 and transfer_id = $2', [
      bankId,
      posting.reversesId,
    ]);
    if (!original) return posting;
    const overflow = await this.onward.overflowOf(original);
    const draft: Posting = {
      ...posting,
      visitId: original.visitId,
      overflow: overflow && { accountId: overflow.creditAccountId, transferId: deriveId(posting.transferId, 'overflow') },
    };
    const clearing = [from, to].find((account) => account?.kind === 'clearing');
    return clearing?.ownerId ? this.onward.reversal(actor, draft, original, clearing.ownerId) : draft;
  }
}
