import { Injectable } from '@nestjs/common';
import { type Actor, TellByText } from '@timebank/access';
import { ReadBank } from '@timebank/banks';
import { type Guardian, refuse } from '@timebank/contract';
import { UnitOfWork } from '@timebank/database';
import { localDate } from '@timebank/kernel';
import { Consents } from '../consents';
import { LayMember } from '../records/lay-member';
import { Applications } from './applications';
import { ApplicationRow } from './joining.entity';
import { ageOn, refuseWithoutGuardian } from '../identity.rules';

/**
 * Takes somebody in who asked to join and was seen: from then on they are a member under the id of what they sent, and sign in by a code to the phone
 * that they proved. Refuses `joining/not_checked`, what `Applications` and `LayMember` refuse, and `members/guardian_needed` who is under 14: the desk
 * registers them beside a member.
 */
@Injectable()
export class AcceptApplication {
  constructor(
    private readonly unit: UnitOfWork,
    private readonly readBank: ReadBank,
    private readonly applications: Applications,
    private readonly layMember: LayMember,
    private readonly consents: Consents,
    private readonly text: TellByText,
  ) {}

  async run(actor: Actor, bankId: string, applicationId: string, version: number): Promise<{ memberId: string }> {
    return this.unit.run([bankId], async () => {
      const { zone } = await this.readBank.lock(bankId);
      const row = await this.applications.hold(bankId, applicationId, version);
      const { checkedWay: way, checkedBy: by, checkedAt: at } = row;
      if (way === null || by === null || at === null) throw refuse('joining/not_checked');
      const guardian = guardianOf(row);
      refuseWithoutGuardian(ageOn(row.birthDate, localDate(this.unit.now, zone)), row.roles, guardian && { isMember: false });
      await this.layMember.run({
        bankId,
        memberId: applicationId,
        name: row.name,
        birthDate: row.birthDate,
        phone: row.phone,
        roles: row.roles,
        homeAddress: row.homeAddress ?? undefined,
        volunteerNumber: row.volunteerNumber ?? undefined,
        passwordHash: null,
        secretChosenBy: null,
        signsInByCode: true,
        contentHash: row.contentHash,
        beside: { identityHash: row.identityHash, guardian, check: { way, by, at }, by: actor.personId },
      });
      for (const purpose of ['photo', 'publication'] as const) {
        const granted = row.consents[purpose];
        const said = { personId: applicationId, purpose, recipient: null, textVersion: row.textVersion };
        if (granted !== undefined) await this.consents.keep({ ...said, granted, at: row.appliedAt });
      }
      await this.unit.updateRow(
        ApplicationRow,
        { bankId, applicationId },
        { state: 'accepted', decidedBy: actor.personId, decidedAt: this.unit.now },
      );
      this.text.news(row.phone, 'joining_accepted');
      return { memberId: applicationId };
    });
  }
}

function guardianOf({ guardianName: name, guardianPhone: phone, guardianKind: kind }: ApplicationRow): Guardian | null {
  return name !== null && phone !== null && kind !== null ? { name, phone, kind } : null;
}
