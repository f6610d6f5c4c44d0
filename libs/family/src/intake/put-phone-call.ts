import { Injectable } from '@nestjs/common';
import type { Actor } from '@timebank/access';
import { type PhoneCall, type PhoneCallInput, refuse, type Stored } from '@timebank/contract';
import { contentHash, once, UnitOfWork } from '@timebank/database';
import { FindMembers } from '@timebank/members';
import { PutRequest } from '@timebank/requests';
import { PlanVisit } from '@timebank/visits';
import { PhoneCallRow } from './contact.entity';
import { Contacts } from './contacts';

type Row = Omit<PhoneCall, 'heardAt' | 'told'> & { heardAt: Date; told: string[] };

/**
 * A call becomes a request, and a visit where it is settled who comes: all of it in one transaction, or nothing. The client is told, and whoever is to
 * be told for them. Refuses what `PutRequest` and `PlanVisit` refuse, and `phone_calls/id_reused`.
 */
@Injectable()
export class PutPhoneCall {
  constructor(
    private readonly unit: UnitOfWork,
    private readonly findMembers: FindMembers,
    private readonly putRequest: PutRequest,
    private readonly planVisit: PlanVisit,
    private readonly contacts: Contacts,
  ) {}

  async run(actor: Actor, bankId: string, callId: string, input: PhoneCallInput): Promise<Stored<PhoneCall>> {
    const banks = input.visit ? await this.planVisit.banks(bankId, input.visit.volunteerId) : [bankId];
    const sent = { hash: contentHash(input), reused: 'phone_calls/id_reused' as const };
    return this.unit.run(banks, async () => {
      const first = await once(this.unit, PhoneCallRow, { bankId, callId }, sent, () => this.note(actor, bankId, callId, input, sent.hash));
      return { first, value: await this.one(bankId, callId) };
    });
  }

  private async note(actor: Actor, bankId: string, callId: string, input: PhoneCallInput, hash: Buffer): Promise<boolean> {
    const { clientId, phone = null, caller, contactId, visit } = input;
    if ((await this.findMembers.run(bankId, [clientId])).length === 0) throw refuse('members/not_found', {}, 'body.clientId');
    const { requestId, ...asked } = input.request;
    await this.putRequest.run(actor, bankId, requestId, { clientId, ...asked });
    if (visit) await this.planVisit.run(actor, bankId, visit.visitId, { requestId, volunteerId: visit.volunteerId });
    if (contactId !== undefined) await this.contacts.belongsTo(bankId, contactId, clientId);
    const heard = { heardBy: actor.personId, heardAt: this.unit.now, contentHash: hash };
    const row = { bankId, callId, clientId, phone, caller, requestId, visitId: visit?.visitId ?? null, ...heard };
    if (!(await this.unit.insertNew(PhoneCallRow, row, ['bankId', 'callId']))) return false;
    const { serviceKind, startsAt } = asked;
    // Where a visit is planned with it, both are told of that.
    if (!visit) this.unit.tell(bankId, 'phone_calls/noted', { requestId, clientId, serviceKind, startsAt, actorId: actor.personId });
    return true;
  }

  private async one(bankId: string, callId: string): Promise<PhoneCall> {
    const row = await this.unit.one<Row>(
      `select k.call_id, k.client_id, m.name as client_name, k.request_id, k.visit_id, k.heard_at,
              array(select m.name from person p where p.person_id = m.person_id and p.sign_in_phone is not null and p.disabled_at is null
                union all select x.name from proxy x where x.bank_id = $1 and x.client_id = k.client_id and x.ended_at is null and x.ends_at > $3
                  and 'be_told' = any (x.scopes)) as told
         from phone_call k join member m on m.bank_id = k.bank_id and m.member_id = k.client_id where k.bank_id = $1 and k.call_id = $2`,
      [bankId, callId, this.unit.now],
    );
    if (!row) throw refuse('phone_calls/id_reused');
    return { ...row, heardAt: row.heardAt.toISOString() };
  }
}
