import { Injectable } from '@nestjs/common';
import { JudgePassword, Passwords } from '@timebank/access';
import { ReadBank } from '@timebank/banks';
import type { Member, MemberInput, Stored } from '@timebank/contract';
import { contentHash, once, UnitOfWork } from '@timebank/database';
import { localDate } from '@timebank/kernel';
import { ageOn, refuseWithoutGuardian } from '../identity.rules';
import { LayMember } from './lay-member';
import { MemberRecord } from '../member.entity';
import { cleanName, refuseSignInWithoutPhone } from '../member.rules';
import { ReadMember } from './read-member';

/**
 * Registers a member: person, sign-in, roles, account and member number in one transaction, one registration of a bank after
 * another. Idempotent by id, also after the member has been changed: what counts is what was first sent, without the
 * password. `chosenBy` is who typed the password for the member: it works at once, and is to be replaced. Refuses `members/id_reused`, `members/duplicate`, `members/phone_in_use`, `members/phone_needed`, `banks/not_found`
 * and what `JudgePassword` refuses.
 */
@Injectable()
export class PutMember {
  constructor(
    private readonly unit: UnitOfWork,
    private readonly readBank: ReadBank,
    private readonly judgePassword: JudgePassword,
    private readonly passwords: Passwords,
    private readonly layMember: LayMember,
    private readonly readMember: ReadMember,
  ) {}

  async run(bankId: string, memberId: string, sent: MemberInput, chosenBy: string | null = null): Promise<Stored<Member>> {
    const { password, identityNumber, guardian, ...input } = {
      ...sent,
      name: cleanName(sent.name),
      circumstances: sent.circumstances?.toSorted(),
    };
    refuseSignInWithoutPhone(password !== undefined, input.phone ?? null);
    const identityHash = this.layMember.identityHash(identityNumber, input.birthDate);
    // An identity number is in no hash but the keyed one.
    const hash = contentHash(guardian === undefined ? input : { ...input, guardian });
    const passwordHash = password === undefined ? null : await this.judged(password, input);
    return this.unit.run([bankId], async () => {
      const { zone } = await this.readBank.lock(bankId);
      const secret = { passwordHash, secretChosenBy: passwordHash === null ? null : chosenBy };
      const first = await once(this.unit, MemberRecord, { bankId, memberId }, { hash, reused: 'members/id_reused' }, async () => {
        const age = ageOn(input.birthDate, localDate(this.unit.now, zone));
        refuseWithoutGuardian(age, input.roles, guardian ? { isMember: guardian.memberId !== undefined } : null);
        const beside = { identityHash, guardian: guardian ?? null, check: null, by: chosenBy };
        await this.layMember.run({ bankId, memberId, ...input, phone: input.phone ?? null, ...secret, contentHash: hash, beside });
        return true;
      });
      return { first, value: await this.readMember.whole(bankId, memberId) };
    });
  }

  /** Registration gives no access to a desk, so the shorter minimum for members holds. */
  private judged(password: string, { name, birthDate, phone }: Omit<MemberInput, 'password' | 'guardian'>): Promise<string> {
    this.judgePassword.run(password, { phone: phone ?? null, names: [name], birthDates: [birthDate] }, false);
    return this.passwords.hash(password);
  }
}
