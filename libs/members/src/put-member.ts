import { Injectable } from '@nestjs/common';
import { Passwords } from '@timebank/access';
import { ReadBank } from '@timebank/banks';
import { type Member, type MemberInput, type Stored, refuse } from '@timebank/contract';
import { contentHash, UnitOfWork } from '@timebank/database';
import { LayMember } from './lay-member';
import { cleanName, refuseSignInWithoutPhone } from './member.rules';
import { ReadMember } from './read-member';

/**
 * Registers a member: person, sign-in, roles, account and member number in one transaction, one registration of a bank after
 * another. Idempotent by id, also after the member has been changed: what counts is what was first sent, without the
 * password. Refuses `members/id_reused`, `members/duplicate`, `members/phone_in_use`, `members/phone_needed`, `banks/not_found`.
 */
@Injectable()
export class PutMember {
  constructor(
    private readonly unit: UnitOfWork,
    private readonly readBank: ReadBank,
    private readonly passwords: Passwords,
    private readonly layMember: LayMember,
    private readonly readMember: ReadMember,
  ) {}

  async run(bankId: string, memberId: string, sent: MemberInput): Promise<Stored<Member>> {
    const { password, ...input } = { ...sent, name: cleanName(sent.name), circumstances: sent.circumstances?.toSorted() };
    refuseSignInWithoutPhone(password !== undefined, input.phone ?? null);
    const hash = contentHash(input);
    const passwordHash = password === undefined ? null : await this.passwords.hash(password);
    return this.unit.run([bankId], async () => {
      await this.readBank.lock(bankId);
      const known = await this.unit.one<{ contentHash: Buffer }>('select content_hash from member where bank_id = $1 and member_id = $2', [
        bankId,
        memberId,
      ]);
      if (known && !known.contentHash.equals(hash)) throw refuse('members/id_reused');
      if (!known) await this.layMember.run({ bankId, memberId, ...input, phone: input.phone ?? null, passwordHash, contentHash: hash });
      return { first: !known, value: await this.readMember.whole(bankId, memberId) };
    });
  }
}
