import { Injectable } from '@nestjs/common';
import { Sealer } from '@timebank/access';
import { type Guardian, refuse } from '@timebank/contract';
import { UnitOfWork } from '@timebank/database';
import { readIdentityNumber } from '@timebank/kernel';
import { GuardianRow, IdentityCheckRow, IdentityMarkRow } from './identity.entity';
import { refuseOtherBirthDate } from './identity.rules';

/** What is laid beside a new member: by what they are not registered twice, who answers for them, and that their papers were seen. In the caller's unit of work. */
export type Beside = {
  bankId: string;
  memberId: string;
  identityHash: Buffer | null;
  guardian: Guardian | null;
  check: { way: 'person' | 'document'; by: string; at: Date } | null;
  /** Who wrote it down. */
  by: string | null;
};

/** Refuses `members/duplicate` where the number is another member's, `members/identity_differs`, and `members/not_found` for a guardian who is none here. */
@Injectable()
export class LayIdentity {
  constructor(
    private readonly unit: UnitOfWork,
    private readonly sealer: Sealer,
  ) {}

  /** Under the secret key: a number has so few forms that a plain hash of it could be tried out. */
  hashOf(typed: string | undefined, birthDate: string): Buffer | null {
    const read = typed === undefined ? null : readIdentityNumber(typed);
    if (read === null) return null;
    refuseOtherBirthDate(read.birthDate, birthDate);
    return this.sealer.seal('identity number', read.number);
  }

  /** Before anything is written. */
  async refuseTaken(bankId: string, hash: Buffer | null): Promise<void> {
    if (hash === null) return;
    const same = await this.unit.one<{ memberId: string }>('select member_id from identity_mark where bank_id = $1 and hash = $2', [
      bankId,
      hash,
    ]);
    if (same) throw refuse('members/duplicate', { memberId: same.memberId });
  }

  async run({ bankId, memberId, identityHash, guardian, check, by }: Beside): Promise<void> {
    if (identityHash) await this.unit.insertRow(IdentityMarkRow, { bankId, memberId, hash: identityHash });
    if (check) await this.unit.insertRow(IdentityCheckRow, { bankId, memberId, seenAt: check.at, way: check.way, seenBy: check.by });
    if (!guardian || by === null) return;
    const { name, phone, kind, memberId: guardianMemberId = null } = guardian;
    if (guardianMemberId !== null) await this.refuseStranger(bankId, memberId, guardianMemberId);
    const said = { guardianMemberId, name, phone, kind, recordedBy: by, recordedAt: this.unit.now };
    await this.unit.insertRow(GuardianRow, { bankId, memberId, ...said });
  }

  private async refuseStranger(bankId: string, memberId: string, guardianMemberId: string): Promise<void> {
    const found = await this.unit.one(
      `select from member where bank_id = $1 and member_id = $2 and left_on is null and birth_date <= ($4::timestamptz - interval '18 years')::date and member_id <> $3`,
      [bankId, guardianMemberId, memberId, this.unit.now],
    );
    if (!found) throw refuse('members/not_found', {}, 'body.guardian.memberId');
  }
}
