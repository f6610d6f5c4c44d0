import { Injectable } from '@nestjs/common';
import { type Actor, SecondPerson } from '@timebank/access';
import { ReadBank, ReadPolicy } from '@timebank/banks';
import { isWaiting, refuse, type TransferInput, type Waiting } from '@timebank/contract';
import { UnitOfWork } from '@timebank/database';
import { dayRange, localDate } from '@timebank/kernel';
import { type Posting, recordedInTruth } from '@timebank/ledger';
import { ClosePeople } from '@timebank/members';
import { HandTransferRow } from './hand-transfer.entity';

/** May be done now; `firstBy` asked for it, where two were needed. */
export type ClearedTransfer = { isNew: boolean; firstBy: string | null };

/**
 * The rules for minutes that staff move by hand, in the unit of work that posts them. It needs a reason; it may not favour oneself or close people
 * (`access/not_allowed`); above policy `secondPersonAboveMinutes` a day it needs two (202). What one account is granted by hand on one day is added
 * up, so a large grant cannot be split. A reversal needs a reason (`ledger/reason_needed`). An id that the ledger knows is not checked again.
 */
@Injectable()
export class HandTransfers {
  constructor(
    private readonly unit: UnitOfWork,
    private readonly readBank: ReadBank,
    private readonly readPolicy: ReadPolicy,
    private readonly closePeople: ClosePeople,
    private readonly secondPerson: SecondPerson,
  ) {}

  /** Before anything about the transfer is read: the same id, and the same account, one after the other. */
  async hold(bankId: string, transferId: string, { kind, toAccountId }: TransferInput): Promise<void> {
    if (kind !== 'grant' && kind !== 'reversal') return;
    await this.secondPerson.hold(bankId, transferId);
    if (kind === 'grant') await this.secondPerson.hold(bankId, toAccountId);
  }

  async clear(actor: Actor, posting: Posting, input: TransferInput): Promise<Waiting | ClearedTransfer> {
    const { bankId, transferId } = posting;
    if (await this.isKnown(posting, input)) return { isNew: false, firstBy: null };
    if (input.kind !== 'grant' && input.kind !== 'reversal') return { isNew: true, firstBy: null };
    if (input.kind === 'reversal' && input.reasonCode === undefined) throw refuse('ledger/reason_needed', {}, 'body.reasonCode');
    const memberIds = await this.whoGains(posting);
    if (memberIds.length > 0 && (await this.closePeople.run(actor, memberIds)) !== null)
      throw refuse('access/not_allowed', {}, 'body.toAccountId');
    if (!(await this.isLarge(posting))) return { isNew: true, firstBy: null };
    const asked = await this.secondPerson.run(actor, {
      bankId,
      kind: input.kind,
      subjectId: transferId,
      content: input,
      memberId: memberIds[0] ?? null,
      roles: ['admin'],
      reused: 'ledger/id_reused',
    });
    return isWaiting(asked) ? asked : { isNew: true, firstBy: asked.askedBy };
  }

  /** After it is posted. For transfers by members it keeps a row only if they gave a reason. */
  async keep(actor: Actor, posting: Posting, { kind, reasonCode, note }: TransferInput, firstBy: string | null): Promise<void> {
    const byStaff = kind === 'grant' || kind === 'reversal';
    if (!byStaff && reasonCode === undefined && note === undefined) return;
    const { bankId, transferId, creditAccountId, minutes } = posting;
    const said = { reasonCode: reasonCode ?? null, note: note ?? null, doneBy: actor.personId, firstBy, doneAt: this.unit.now };
    await this.unit.insertRow(HandTransferRow, { bankId, transferId, kind, accountId: creditAccountId, minutes, ...said });
  }

  /** The note is not in the ledger, where it could never be erased; so it is compared here. */
  private async isKnown({ bankId, transferId }: Posting, { note }: TransferInput): Promise<boolean> {
    const known = await this.unit.one<Pick<HandTransferRow, 'note'> & { isPosted: boolean }>(
      `select hand.note, posted.is_posted from (
         select true as is_posted from transfer where bank_id = $1 and transfer_id = $2
         union all select false from refusal where bank_id = $1 and transfer_id = $2
       ) posted left join hand_transfer hand on hand.bank_id = $1 and hand.transfer_id = $2`,
      [bankId, transferId],
    );
    if (known?.isPosted && known.note !== (note ?? null)) throw refuse('ledger/id_reused');
    return known !== null;
  }

  /** Members whom the minutes go to, on either side of two banks. */
  private async whoGains({ bankId, creditAccountId, onward }: Posting): Promise<string[]> {
    const owners = await this.unit.query<{ ownerId: string }>(
      `select owner_id from account where (bank_id, account_id) in (($1::uuid, $2::uuid), ($3::uuid, $4::uuid)) and kind = 'member' and owner_id is not null`,
      [bankId, creditAccountId, onward?.bankId ?? bankId, onward?.creditAccountId ?? creditAccountId],
    );
    return owners.map(({ ownerId }) => ownerId);
  }

  private async isLarge({ bankId, creditAccountId, kind, minutes }: Posting): Promise<boolean> {
    const { zone } = await this.readBank.run(bankId);
    const today = localDate(this.unit.now, zone);
    const { secondPersonAboveMinutes } = await this.readPolicy.run(bankId, today);
    if (minutes > secondPersonAboveMinutes) return true;
    if (kind !== 'grant') return false;
    const before = await this.unit.one<{ minutes: number }>(
      `select coalesce(sum(hand.minutes), 0) as minutes from hand_transfer hand join transfer using (bank_id, transfer_id)
        where bank_id = $1 and account_id = $2 and done_at >= $3 and hand.kind = 'grant' and first_by is null
          and ${recordedInTruth('done_at', 'transfer.recorded_xid')} >= $3`,
      [bankId, creditAccountId, dayRange(today, zone).from],
    );
    return (before?.minutes ?? 0) + minutes > secondPersonAboveMinutes;
  }
}
