import { Injectable } from '@nestjs/common';
import { refuse, type Policy } from '@timebank/contract';
import { FindMembers, RelatedMembers } from '@timebank/members';
import { ageOn, mayReceiveGift } from './transfer.rules';

/** Whether a member may give minutes to another on a day. Refuses `hours/not_a_relative`, `hours/recipient_too_young`. */
@Injectable()
export class GiftCheck {
  constructor(
    private readonly relatedMembers: RelatedMembers,
    private readonly findMembers: FindMembers,
  ) {}

  async run(bankId: string, giverId: string, recipientId: string, day: string, { giftRecipientFromAge }: Policy): Promise<void> {
    const relations = await this.relatedMembers.run(bankId, giverId);
    if (!relations.some(({ memberId, kind }) => memberId === recipientId && mayReceiveGift(kind))) {
      throw refuse('hours/not_a_relative', {}, 'body.toAccountId');
    }
    const [recipient] = await this.findMembers.run(bankId, [recipientId]);
    if (!recipient || ageOn(recipient.birthDate, day) < giftRecipientFromAge) {
      throw refuse('hours/recipient_too_young', { fromAge: giftRecipientFromAge }, 'body.toAccountId');
    }
  }
}
