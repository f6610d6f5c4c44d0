import { Injectable } from '@nestjs/common';
import { ReadBank } from '@timebank/banks';
import { type LeavePreview, refuse } from '@timebank/contract';
import { UnitOfWork } from '@timebank/database';
import { localDate } from '@timebank/kernel';
import { type Ahead, FindMembers, RelatedMembers } from '@timebank/members';
import { EndLeaving } from './end-leaving';
import { PolicyToday } from '../policy-today';
import { ageOn, mayReceiveGift } from '../transfers/transfer.rules';

type LeaveFigures = Omit<LeavePreview, 'heirs' | 'guestBanks' | keyof Ahead>;

/** What would end if a member left now, and who may take over their minutes. Changes nothing. Refuses `members/not_found`. */
@Injectable()
export class PreviewLeaving {
  constructor(
    private readonly unit: UnitOfWork,
    private readonly readBank: ReadBank,
    private readonly policyToday: PolicyToday,
    private readonly leaving: EndLeaving,
    private readonly relatedMembers: RelatedMembers,
    private readonly findMembers: FindMembers,
  ) {}

  async run(bankId: string, memberId: string): Promise<LeavePreview> {
    const banks = await this.leaving.banks(bankId, memberId);
    return this.unit.run(banks, async () => {
      const found = await this.unit.one<LeaveFigures>(
        `select m.member_id, m.name, a.balance_minutes, a.held_out_minutes as held_minutes, p.sign_in_phone is not null and p.disabled_at is null as signs_in
           from member m join person p using (person_id) join account a on a.bank_id = m.bank_id and a.account_id = m.account_id
          where m.bank_id = $1 and m.member_id = $2`,
        [bankId, memberId],
      );
      if (!found) throw refuse('members/not_found');
      const ahead = await this.leaving.ahead(bankId, memberId);
      return { ...found, ...ahead, guestBanks: banks.length - 1, heirs: await this.heirs(bankId, memberId) };
    });
  }

  private async heirs(bankId: string, memberId: string): Promise<LeavePreview['heirs']> {
    const today = localDate(this.unit.now, (await this.readBank.run(bankId)).zone);
    const { giftRecipientFromAge } = await this.policyToday.run(bankId);
    const related = (await this.relatedMembers.run(bankId, memberId)).filter(
      ({ kind, otherBankId }) => otherBankId === null && mayReceiveGift(kind),
    );
    const members = await this.findMembers.run(
      bankId,
      related.map((one) => one.memberId),
    );
    return related.flatMap((one) => {
      const member = members.find((line) => line.memberId === one.memberId);
      if (!member || ageOn(member.birthDate, today) < giftRecipientFromAge) return [];
      return [{ memberId: member.memberId, name: member.name, kind: one.kind }];
    });
  }
}
