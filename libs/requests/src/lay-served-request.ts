import { Injectable } from '@nestjs/common';
import { refuse } from '@timebank/contract';
import { UnitOfWork } from '@timebank/database';
import { RequestRow } from './request.entity';

export type ServedRequest = Omit<
  RequestRow,
  'place' | 'note' | 'state' | 'version' | 'helpersNeeded' | 'seriesId' | 'plannedDate' | 'reservedFor' | 'askedAgainAt' | 'stillNeededAt'
>;

/**
 * Writes the request of a visit that is recorded afterwards: taken from the beginning and offered to nobody. In the caller's unit of work.
 * Idempotent by the caller's id, which comes from the visit's. Refuses `members/not_found`, `members/not_a_client` and
 * `requests/unknown_service_kind`.
 */
@Injectable()
export class LayServedRequest {
  constructor(private readonly unit: UnitOfWork) {}

  async run(request: ServedRequest): Promise<void> {
    const { bankId, clientId, serviceKind } = request;
    const found = await this.unit.one<{ isClient: boolean; isKind: boolean }>(
      `select exists (select from role r where r.bank_id = $1 and r.member_id = $2 and r.role = 'client') as is_client,
         exists (select from service_kind where code = $3) as is_kind
       from member where bank_id = $1 and member_id = $2`,
      [bankId, clientId, serviceKind],
    );
    if (!found) throw refuse('members/not_found', {}, 'body.clientId');
    if (!found.isClient) throw refuse('members/not_a_client', {}, 'body.clientId');
    if (!found.isKind) throw refuse('requests/unknown_service_kind', {}, 'body.serviceKind');
    await this.unit.insertNew(RequestRow, { ...request, state: 'taken' });
  }
}
