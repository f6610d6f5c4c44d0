import { Injectable } from '@nestjs/common';
import { refuse, type Policy } from '@timebank/contract';
import { UnitOfWork } from '@timebank/database';
import { FindMembers, RelatedMembers, type RelatedMember } from '@timebank/members';
import { ageOn, mayReceiveGift } from './transfer.rules';

type Whose = { bankId: string; memberId: string };

/**
 * Whether a member may give minutes to another on a day. Between two banks the relation counts, whichever recorded it, once the other has confirmed
 * it; within one bank once the giver or a second person of the desk has. Whom a client lets give needs no relation: it is the client's own word. An inheritance needs two people anyway, so heirs need no confirmation.
 * Refuses `hours/not_a_relative`, `hours/relation_unconfirmed`, `hours/recipient_too_young`.
 */
@Injectable()
export class GiftCheck {
  constructor(
    private readonly unit: UnitOfWork,
    private readonly relatedMembers: RelatedMembers,
    private readonly findMembers: FindMembers,
  ) {}

  async run(giver: Whose, recipient: Whose, day: string, policy: Policy): Promise<void> {
    if (await this.mayGive(giver, recipient)) return this.age(recipient, day, policy);
    const relation = await this.relation(giver, recipient);
    const isHere = giver.bankId === recipient.bankId;
    if (!relation || (!isHere && !relation.confirmed)) throw refuse('hours/not_a_relative', {}, 'body.toAccountId');
    if (!relation.confirmed) throw refuse('hours/relation_unconfirmed', {}, 'body.toAccountId');
    await this.age(recipient, day, policy);
  }

  async heir(leaver: Whose, heir: Whose, day: string, policy: Policy): Promise<void> {
    if (!(await this.relation(leaver, heir))) throw refuse('hours/not_a_relative', {}, 'body.toAccountId');
    await this.age(heir, day, policy);
  }

  /** The relation by which the giver may give to the recipient; null if there is none. */
  private async relation(giver: Whose, recipient: Whose): Promise<RelatedMember | null> {
    const relations = await this.relatedMembers.run(giver.bankId, giver.memberId);
    return relations.find(({ memberId, kind }) => memberId === recipient.memberId && mayReceiveGift(kind)) ?? null;
  }

  private async mayGive(giver: Whose, recipient: Whose): Promise<boolean> {
    const given = await this.unit.one(
      `select from proxy_role p join member m on m.bank_id = $1 and m.member_id = $2 and m.person_id = p.person_id
        where p.bank_id = $3 and p.client_id = $4 and p.scope = 'give' and p.ends_at > $5`,
      [giver.bankId, giver.memberId, recipient.bankId, recipient.memberId, this.unit.now],
    );
    return given !== null;
  }

  private async age(recipient: Whose, day: string, { giftRecipientFromAge }: Policy): Promise<void> {
    const [member] = await this.findMembers.run(recipient.bankId, [recipient.memberId]);
    if (!member || ageOn(member.birthDate, day) < giftRecipientFromAge) {
      throw refuse('hours/recipient_too_young', { fromAge: giftRecipientFromAge }, 'body.toAccountId');
    }
  }
}
