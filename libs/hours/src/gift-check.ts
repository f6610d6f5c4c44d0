import { Injectable } from '@nestjs/common';
import { refuse, type Policy } from '@timebank/contract';
import { FindMembers, RelatedMembers } from '@timebank/members';
import { ageOn, mayReceiveGift } from './transfer.rules';

type Whose = { bankId: string; memberId: string };

/** Whether a member may give minutes to another on a day. Between two banks it counts whichever recorded how they are related, once the other has confirmed it. Refuses `hours/not_a_relative`, `hours/recipient_too_young`. */
@Injectable()
export class GiftCheck {
  constructor(
    private readonly relatedMembers: RelatedMembers,
    private readonly findMembers: FindMembers,
  ) {}

  async run(giver: Whose, recipient: Whose, day: string, { giftRecipientFromAge }: Policy): Promise<void> {
    if (!(await this.areRelated(giver, recipient)) && !(giver.bankId !== recipient.bankId && (await this.areRelated(recipient, giver)))) {
      throw refuse('hours/not_a_relative', {}, 'body.toAccountId');
    }
    const [member] = await this.findMembers.run(recipient.bankId, [recipient.memberId]);
    if (!member || ageOn(member.birthDate, day) < giftRecipientFromAge) {
      throw refuse('hours/recipient_too_young', { fromAge: giftRecipientFromAge }, 'body.toAccountId');
    }
  }

  private async areRelated(one: Whose, other: Whose): Promise<boolean> {
    const relations = await this.relatedMembers.run(one.bankId, one.memberId);
    return relations.some(({ memberId, kind, confirmed }) => memberId === other.memberId && confirmed && mayReceiveGift(kind));
  }
}
