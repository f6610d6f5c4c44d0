import { Injectable } from '@nestjs/common';
import { refuse } from '@timebank/contract';
import { UnitOfWork } from '@timebank/database';

/**
 * Refuses a sign-in phone that another person has: `members/phone_in_use`. Only the same bank learns which member it is, by id and not by name, so a
 * phone never reveals whose it is or where else they belong.
 */
@Injectable()
export class PhoneHolder {
  constructor(private readonly unit: UnitOfWork) {}

  async refuseTaken(bankId: string, phone: string, exceptPersonId: string): Promise<void> {
    await this.unit.run([bankId], async () => {
      const holder = await this.unit.one<{ memberId: string | null }>(
        `select member.member_id
           from person left join member on member.bank_id = $1 and member.person_id = person.person_id
          where person.sign_in_phone = $2 and person.person_id <> $3`,
        [bankId, phone, exceptPersonId],
      );
      if (!holder) return;
      const { memberId } = holder;
      throw refuse('members/phone_in_use', memberId === null ? {} : { memberId }, 'body.phone');
    });
  }
}
