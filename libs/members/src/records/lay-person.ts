import { Injectable } from '@nestjs/common';
import { CreatePerson, GrantRole } from '@timebank/access';
import { refuse } from '@timebank/contract';
import { PhoneHolder } from '../sign-in/phone-holder';
import type { NewMember } from './new-member';

/** The person behind a new member, with their sign-in and roles. Refuses `members/id_reused`, `members/phone_in_use`. */
@Injectable()
export class LayPerson {
  constructor(
    private readonly createPerson: CreatePerson,
    private readonly grantRole: GrantRole,
    private readonly phoneHolder: PhoneHolder,
  ) {}

  async run({ bankId, memberId, phone, passwordHash, secretChosenBy, signsInByCode }: NewMember): Promise<string> {
    const signInPhone = passwordHash !== null || signsInByCode ? phone : null;
    const outcome = await this.createPerson.run({ personId: memberId, signInPhone, passwordHash, secretChosenBy });
    if (outcome === 'exists') throw refuse('members/id_reused');
    if (outcome === 'phone_in_use') {
      await this.phoneHolder.refuseTaken(bankId, signInPhone ?? '', memberId);
      throw refuse('members/phone_in_use', {}, 'body.phone');
    }
    return memberId;
  }

  async roles(personId: string, { bankId, memberId, roles }: NewMember): Promise<void> {
    for (const role of roles) await this.grantRole.run({ personId, bankId, role, memberId });
  }
}
