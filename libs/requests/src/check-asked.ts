import { Injectable } from '@nestjs/common';
import { refuse, type RequestInput } from '@timebank/contract';
import { UnitOfWork } from '@timebank/database';

/**
 * Whether this client may be helped in this way, inside the caller's unit, and what the kind proposes. Refuses `members/not_found`, `members/not_a_client`,
 * `requests/unknown_service_kind` and `requests/kind_not_offered`.
 */
@Injectable()
export class CheckAsked {
  constructor(private readonly unit: UnitOfWork) {}

  async run(bankId: string, { clientId, serviceKind }: Pick<RequestInput, 'clientId' | 'serviceKind'>): Promise<{ helpersNeeded: number }> {
    const found = await this.unit.one<{ isMember: boolean; isClient: boolean; isOffered: boolean | null; helpersNeeded: number }>(
      `select exists (select from member where bank_id = $1 and member_id = $2) as is_member,
         exists (select from role where bank_id = $1 and member_id = $2 and role = 'client') as is_client,
         (select k.helpers_needed from service_kind k where k.code = $3) as helpers_needed,
         (select k.is_offered and coalesce(b.is_offered, true)
            from service_kind k left join bank_service_kind b on b.bank_id = $1 and b.code = k.code where k.code = $3) as is_offered`,
      [bankId, clientId, serviceKind],
    );
    if (!found?.isMember) throw refuse('members/not_found', {}, 'body.clientId');
    if (!found.isClient) throw refuse('members/not_a_client', {}, 'body.clientId');
    if (found.isOffered === null) throw refuse('requests/unknown_service_kind', {}, 'body.serviceKind');
    if (!found.isOffered) throw refuse('requests/kind_not_offered', {}, 'body.serviceKind');
    return found;
  }
}
