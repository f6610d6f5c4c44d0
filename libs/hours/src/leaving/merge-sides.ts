import { Injectable } from '@nestjs/common';
import { type MergePreview, refuse } from '@timebank/contract';
import { UnitOfWork } from '@timebank/database';
import { MemberPlans } from '@timebank/members';
import type { MergeSide, Obstacles } from './merge.rules';

export type MergePart = MergeSide & MergePreview['stays'] & { accountId: string };

/** What stands of two members who may be one, held until the caller's unit of work ends. Refuses `merges/oneself`, `members/not_found`. */
@Injectable()
export class MergeSides {
  constructor(
    private readonly unit: UnitOfWork,
    private readonly memberPlans: MemberPlans,
  ) {}

  async run(
    bankId: string,
    memberId: string,
    otherMemberId: string,
  ): Promise<{ stays: MergePart; goes: MergePart; obstacles: Obstacles; cards: number }> {
    if (memberId === otherMemberId) throw refuse('merges/oneself', {}, 'body.otherMemberId');
    const rows = await this.unit.query<MergePart>(
      `select m.member_id, m.person_id, m.left_on, m.merged_into, m.name, m.member_number, m.birth_date, m.phone, m.account_id,
              p.sign_in_phone is not null and p.disabled_at is null as signs_in, a.balance_minutes,
              array(select r.role from role r where r.person_id = m.person_id and r.bank_id = m.bank_id order by 1) as roles,
              (select count(*)::integer from visit v where v.bank_id = m.bank_id and m.member_id in (v.client_id, v.volunteer_id)) as visits
         from member m join person p using (person_id) join account a on a.bank_id = m.bank_id and a.account_id = m.account_id
        where m.bank_id = $1 and m.member_id = any ($2::uuid[]) order by m.member_id for no key update of m`,
      [bankId, [memberId, otherMemberId]],
    );
    const of = (id: string, path?: string) => {
      const found = rows.find((row) => row.memberId === id);
      if (!found) throw refuse('members/not_found', {}, path);
      return found;
    };
    const [stays, goes] = [of(memberId), of(otherMemberId, 'body.otherMemberId')];
    const { cards, ...ahead } = await this.memberPlans.count(bankId, otherMemberId);
    const met = await this.unit.query(
      `select from visit where bank_id = $1 and state not in ('cancelled', 'no_show')
          and ((client_id = $2 and volunteer_id = $3) or (client_id = $3 and volunteer_id = $2)) limit 1`,
      [bankId, memberId, otherMemberId],
    );
    return { stays, goes, obstacles: { ...ahead, haveMet: met.length > 0 }, cards };
  }

  /** As a preview shows it. */
  async preview(bankId: string, memberId: string, otherMemberId: string): Promise<MergePreview> {
    return this.unit.run([bankId], async () => {
      const { stays, goes, obstacles, cards } = await this.run(bankId, memberId, otherMemberId);
      return { stays, goes, ...obstacles, cards };
    });
  }
}
