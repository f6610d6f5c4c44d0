import { Injectable } from '@nestjs/common';
import { BanksOfMembers } from '@timebank/access';
import { Interchange } from '@timebank/banks';
import { refuse } from '@timebank/contract';
import { UnitOfWork } from '@timebank/database';
import type { RequestRow } from '@timebank/requests';

type RequestFacts = Pick<RequestRow, 'bankId' | 'serviceKind' | 'startsAt' | 'endsAt'>;
type Volunteer = {
  isVolunteer: boolean;
  isDisabled: boolean;
  isQualified: boolean;
  requiredQualification: string | null;
  overlapping: string | null;
  overlappingBankId: string | null;
};

/**
 * Whether somebody may take a request: a volunteer of its bank, or a confirmed guest while both banks have policy `interchange` on and neither is
 * closed (nor closes until the unit ends); qualified on the day at home; without a plan at that time in any of their banks.
 */
@Injectable()
export class CheckVolunteer {
  constructor(
    private readonly unit: UnitOfWork,
    private readonly interchange: Interchange,
    private readonly banksOfMembers: BanksOfMembers,
  ) {}

  /** What the unit must see. */
  async banks(bankId: string, volunteerId: string): Promise<string[]> {
    return [...new Set([bankId, ...(await this.banksOfMembers.run([volunteerId]))])];
  }

  /** Inside a unit that sees those banks. Answers the home bank of a guest, null for a volunteer of this bank. */
  async run(request: RequestFacts, volunteerId: string): Promise<string | null> {
    const { bankId } = request;
    const homeBankId = await this.lock(bankId, volunteerId);
    const volunteer = await this.find(request, volunteerId, homeBankId ?? bankId);
    if (!volunteer) throw refuse('members/not_found', {}, 'body.volunteerId');
    if (!volunteer.isVolunteer) throw refuse('members/not_a_volunteer', {}, 'body.volunteerId');
    if (volunteer.isDisabled) throw refuse('members/disabled', {}, 'body.volunteerId');
    if (!volunteer.isQualified) throw refuse('requests/qualification_needed', { qualification: volunteer.requiredQualification });
    const { overlapping, overlappingBankId } = volunteer;
    if (overlapping) throw refuse('visits/overlapping_plan', { visitId: overlapping, bankId: overlappingBankId });
    if (homeBankId !== null) await this.interchange.holdOpen([bankId, homeBankId]);
    return homeBankId;
  }

  /**
   * Locks the volunteer's row at home first: the questions after it must see what another plan of theirs, in any bank, has just committed. A guest's
   * row here too, so that they do not end meanwhile.
   */
  private async lock(bankId: string, volunteerId: string): Promise<string | null> {
    const lock = (homeBankId: string) =>
      this.unit.one('select from member where bank_id = $1 and member_id = $2 for no key update', [homeBankId, volunteerId]);
    if (await lock(bankId)) return null;
    const guest = await this.unit.one<{ homeBankId: string }>(
      `select home_bank_id from guest where bank_id = $1 and member_id = $2 and state = 'confirmed' for no key update`,
      [bankId, volunteerId],
    );
    if (!guest) throw refuse('members/not_found', {}, 'body.volunteerId');
    await lock(guest.homeBankId);
    return guest.homeBankId;
  }

  private async find(request: RequestFacts, volunteerId: string, homeBankId: string): Promise<Volunteer | null> {
    return this.unit.one<Volunteer>(
      `select p.disabled_at is not null as is_disabled, n.required_qualification, o.visit_id as overlapping, o.bank_id as overlapping_bank_id,
         not exists (select from unnest(array[$1::uuid, $6::uuid]) needed (bank_id) where not exists (
           select from role r where r.bank_id = needed.bank_id and r.member_id = $2 and r.role = 'volunteer')) as is_volunteer,
         n.required_qualification is null as is_qualified
       from helper m join person p on p.person_id = m.person_id cross join lateral (
         select min(s.qualification) as required_qualification
           from service_kind_qualification s, bank_day($1, $4::timestamptz) as day
          where s.code = $3 and s.valid_from <= day and coalesce(s.valid_until >= day, true) and not exists (
            select from qualification q
             where q.bank_id = $6 and q.member_id = $2 and q.code = s.qualification and q.valid_until >= day)) n
       left join lateral (select v.visit_id, v.bank_id from visit v
         where v.bank_id = any ($7) and v.volunteer_id = $2 and v.state in ('planned', 'in_progress')
           and v.planned_start < $5 and v.planned_end > $4 limit 1) o on true
       where m.bank_id = $1 and m.member_id = $2`,
      [
        request.bankId,
        volunteerId,
        request.serviceKind,
        request.startsAt,
        request.endsAt,
        homeBankId,
        await this.banks(request.bankId, volunteerId),
      ],
    );
  }
}
