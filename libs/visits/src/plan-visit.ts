import { Injectable } from '@nestjs/common';
import { hasRole, memberIn, type Actor } from '@timebank/access';
import { ReadBank, ReadPolicy } from '@timebank/banks';
import { refuse, type Stored, type Visit, type VisitInput } from '@timebank/contract';
import { contentHash, UnitOfWork } from '@timebank/database';
import { localDate } from '@timebank/kernel';
import { PlaceHold } from '@timebank/ledger';
import { RequestLock, type RequestRow } from '@timebank/requests';
import { GetVisit } from './get-visit';

type Volunteer = {
  isVolunteer: boolean;
  isDisabled: boolean;
  isQualified: boolean;
  requiredQualification: string | null;
  overlapping: string | null;
};

/**
 * A volunteer takes a request, or a coordinator assigns one. Atomic: the request is taken, the visit planned and the
 * planned minutes held on the client's account until `holdExpiryDays` after the planned end. Idempotent under the
 * caller's id; other content is `visits/id_reused`. Refuses a request that is not open or past its planned end, one's
 * own, a missing qualification, a plan that overlaps another of the volunteer, and `ledger/overdraft`.
 */
@Injectable()
export class PlanVisit {
  constructor(
    private readonly unit: UnitOfWork,
    private readonly requests: RequestLock,
    private readonly banks: ReadBank,
    private readonly policies: ReadPolicy,
    private readonly placeHold: PlaceHold,
    private readonly getVisit: GetVisit,
  ) {}

  async run(actor: Actor, bankId: string, visitId: string, input: VisitInput): Promise<Stored<Visit>> {
    if (!hasRole(actor, 'coordinator', bankId) && memberIn(actor, bankId) !== input.volunteerId)
      throw refuse('access/not_allowed', {}, 'body.volunteerId');
    const hash = contentHash(input);
    return this.unit.run([bankId], async () => {
      let first = !(await this.isThere(bankId, visitId, hash));
      if (first) {
        const request = await this.requests.one(bankId, input.requestId);
        // The same call may have come twice; the second one waited for the request.
        first = !(await this.isThere(bankId, visitId, hash));
        if (first) await this.plan(actor, visitId, request, input.volunteerId, hash);
      }
      return { first, value: await this.getVisit.run(actor, bankId, visitId) };
    });
  }

  private async isThere(bankId: string, visitId: string, hash: Buffer): Promise<boolean> {
    const row = await this.unit.one<{ contentHash: Buffer }>('select content_hash from visit where bank_id = $1 and visit_id = $2', [
      bankId,
      visitId,
    ]);
    if (row && !row.contentHash.equals(hash)) throw refuse('visits/id_reused');
    return row !== null;
  }

  private async plan(actor: Actor, visitId: string, request: RequestRow, volunteerId: string, hash: Buffer): Promise<void> {
    const { bankId, requestId, clientId } = request;
    if (request.state !== 'open') throw refuse('requests/not_open', { state: request.state });
    if (request.endsAt <= this.unit.now) throw refuse('requests/past', { endedAt: request.endsAt.toISOString() });
    if (clientId === volunteerId) throw refuse('requests/own_request');
    await this.checkVolunteer(request, volunteerId);
    await this.hold(visitId, request);
    const row = await this.unit.one(
      `insert into visit (bank_id, visit_id, request_id, client_id, volunteer_id, service_kind, planned_start, planned_end, planned_minutes, hold_id,
         state, class, planned_by, content_hash, created_at)
       values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $2, 'planned', 'verified', $10, $11, $12) on conflict (bank_id, visit_id) do nothing returning visit_id`,
      [
        bankId,
        visitId,
        requestId,
        clientId,
        volunteerId,
        request.serviceKind,
        request.startsAt,
        request.endsAt,
        request.minutes,
        actor.personId,
        hash,
        this.unit.now,
      ],
    );
    // The same id was used for another request at the same moment.
    if (!row) throw refuse('visits/id_reused');
    await this.requests.move(bankId, [requestId], 'taken');
    await this.unit.tell(bankId, 'visits/planned', { visitId, requestId, clientId, volunteerId });
  }

  private async checkVolunteer(request: RequestRow, volunteerId: string): Promise<void> {
    // Locked by itself first: what is asked afterwards must see what another plan of this volunteer has just committed.
    await this.unit.query('select from member where bank_id = $1 and member_id = $2 for no key update', [request.bankId, volunteerId]);
    const volunteer = await this.unit.one<Volunteer>(
      `select p.disabled_at is not null as is_disabled, k.required_qualification,
         exists (select from role r where r.bank_id = $1 and r.member_id = $2 and r.role = 'volunteer') as is_volunteer,
         k.required_qualification is null or exists (select from qualification q where q.bank_id = $1 and q.member_id = $2
           and q.code = k.required_qualification and q.valid_until >= ($4::timestamptz at time zone b.time_zone)::date) as is_qualified,
         (select v.visit_id from visit v where v.bank_id = $1 and v.volunteer_id = $2 and v.state in ('planned', 'in_progress')
           and v.planned_start < $5 and v.planned_end > $4 limit 1) as overlapping
       from member m join person p on p.person_id = m.person_id join bank b on b.bank_id = m.bank_id join service_kind k on k.code = $3
       where m.bank_id = $1 and m.member_id = $2`,
      [request.bankId, volunteerId, request.serviceKind, request.startsAt, request.endsAt],
    );
    if (!volunteer) throw refuse('members/not_found', {}, 'body.volunteerId');
    if (!volunteer.isVolunteer) throw refuse('members/not_a_volunteer', {}, 'body.volunteerId');
    if (volunteer.isDisabled) throw refuse('members/disabled', {}, 'body.volunteerId');
    if (!volunteer.isQualified) throw refuse('requests/qualification_needed', { qualification: volunteer.requiredQualification });
    if (volunteer.overlapping) throw refuse('visits/overlapping_plan', { visitId: volunteer.overlapping });
  }

  /** The hold goes by the visit's id. */
  private async hold(visitId: string, request: RequestRow): Promise<void> {
    const { bankId } = request;
    const bank = await this.banks.run(bankId);
    const { holdExpiryDays } = await this.policies.run(bankId, localDate(request.startsAt, bank.timeZone));
    const client = await this.unit.one<{ accountId: string }>('select account_id from member where bank_id = $1 and member_id = $2', [
      bankId,
      request.clientId,
    ]);
    if (!client) throw refuse('members/not_found');
    const expiresAt = new Date(request.endsAt.getTime() + holdExpiryDays * 86_400_000);
    await this.placeHold.run({ bankId, holdId: visitId, accountId: client.accountId, minutes: request.minutes, expiresAt });
  }
}
