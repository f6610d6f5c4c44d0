import { Injectable } from '@nestjs/common';
import { type Actor, hasRole, memberIn } from '@timebank/access';
import { type Member, type MemberLine, type RoleName, refuse } from '@timebank/contract';
import { UnitOfWork } from '@timebank/database';
import type { MemberRecord } from '../member.entity';
import { ReadStandings } from '../qualifications/read-standings';
import { RelatedMembers, type RelationOnRecord } from '../relations/related-members';

type Standing = Pick<
  MemberRecord,
  'circumstances' | 'homeAddress' | 'gender' | 'helperWish' | 'volunteerNumber' | 'mergedInto' | 'leftOn' | 'leftReason'
> &
  Pick<Member, 'guardian' | 'mergedFrom'>;

/** A member with standing and roles; the select that lists and single reads share. */
export const memberLines = `
  select member.member_id, member.bank_id, member.member_number, member.name, member.birth_date, member.phone, member.account_id, member.version, member.created_at,
         person.sign_in_phone is not null as can_sign_in, person.disabled_at is not null as disabled,
         array(select role.role from role where role.person_id = member.person_id and role.bank_id = member.bank_id order by role.role) as roles
    from member join person using (person_id)`;

/**
 * A member as their bank knows them: for themselves and for coordinators, admins and auditors; circumstances for coordinators
 * and admins alone, as are gender and wish; the home for these and the member. Refuses `access/not_allowed`, `members/not_found`.
 */
@Injectable()
export class ReadMember {
  constructor(
    private readonly unit: UnitOfWork,
    private readonly relatedMembers: RelatedMembers,
    private readonly standings: ReadStandings,
  ) {}

  async run(actor: Actor, bankId: string, memberId: string): Promise<Member> {
    const isStaff = (['coordinator', 'admin', 'auditor'] as RoleName[]).some((role) => hasRole(actor, role, bankId));
    if (!isStaff && memberIn(actor, bankId) !== memberId) throw refuse('access/not_allowed');
    const member = await this.whole(bankId, memberId, actor);
    const maySee = (['coordinator', 'admin'] as RoleName[]).some((role) => hasRole(actor, role, bankId));
    return maySee
      ? member
      : { ...member, circumstances: null, gender: null, helperWish: null, ...(isStaff ? { homeAddress: null, guardian: null } : {}) };
  }

  /** The answer of every call about one member, for callers whose right was checked. */
  async whole(bankId: string, memberId: string, actor: Actor | null = null): Promise<Member> {
    return this.unit.run([bankId], async () => {
      const line = await this.unit.one<MemberLine>(`${memberLines} where member.bank_id = $1 and member.member_id = $2`, [
        bankId,
        memberId,
      ]);
      if (!line) throw refuse('members/not_found');
      const qualifications = (await this.standings.run(bankId, memberId)).flatMap(({ code, validUntil, status }) =>
        validUntil === null ? [] : [{ code, validUntil, status }],
      );
      const exemptions = await this.unit.query<{ code: string; validUntil: string; note: string }>(
        'select code, valid_until, note from qualification_exemption where bank_id = $1 and member_id = $2 order by code',
        [bankId, memberId],
      );
      const related = await this.relatedMembers.all(bankId, memberId);
      const relations = related.filter(({ endedOn }) => endedOn === null).map((one) => relationOf(one, actor, { bankId, memberId }));
      const pastRelations = related.flatMap(({ memberId: otherId, name, kind, endedOn }) =>
        endedOn === null ? [] : [{ memberId: otherId, name, kind, endedOn }],
      );
      const { leftOn, leftReason, ...standing } = await this.standing(bankId, memberId);
      const left = leftOn === null || leftReason === null ? null : { on: leftOn, reason: leftReason };
      return { ...line, qualifications, exemptions, relations, pastRelations, ...standing, left };
    });
  }

  private async standing(bankId: string, memberId: string): Promise<Standing> {
    const standing = await this.unit.one<Standing>(
      `select m.circumstances, m.home_address, m.gender, m.helper_wish, m.volunteer_number, m.merged_into, m.left_on, m.left_reason,
              coalesce((select jsonb_agg(jsonb_build_object('memberId', o.member_id, 'name', o.name) order by o.member_number)
                 from member o where o.bank_id = m.bank_id and o.merged_into = m.member_id), '[]') as merged_from,
              (select jsonb_build_object('name', g.name, 'phone', g.phone, 'kind', g.kind, 'memberId', g.guardian_member_id)
                 from guardian g where g.bank_id = m.bank_id and g.member_id = m.member_id) as guardian
         from member m where m.bank_id = $1 and m.member_id = $2`,
      [bankId, memberId],
    );
    if (!standing) throw refuse('members/not_found');
    return standing;
  }
}

/** A relation as the caller sees it: whether it counts, who confirmed it, and whether the caller is asked to. */
function relationOf(
  one: RelationOnRecord,
  actor: Actor | null,
  { bankId, memberId }: { bankId: string; memberId: string },
): Member['relations'][number] {
  const { memberId: otherId, name, kind, otherBankId, confirmed, isOurs, recordedBy, confirmedAt, confirmedByName, saidAt } = one;
  const mine = actor && memberIn(actor, bankId);
  const isAsked = otherBankId === null || !isOurs;
  const speaks = actor !== null && mine !== otherId && (mine === memberId || hasRole(actor, 'coordinator', bankId));
  return {
    memberId: otherId,
    name,
    kind,
    otherBankId,
    confirmed,
    confirmedAt: (confirmedAt ?? saidAt)?.toISOString() ?? null,
    confirmedBy: confirmedAt ? (otherBankId !== null && isOurs ? 'other_bank' : 'desk') : saidAt ? 'member' : null,
    confirmedByName: confirmedAt ? confirmedByName : null,
    mayConfirm: !confirmed && isAsked && speaks && recordedBy !== actor?.personId,
  };
}
