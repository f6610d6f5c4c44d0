import { Controller } from '@nestjs/common';
import type { Actor } from '@timebank/access';
import type { AnswerOf, Contact, InputOf, PhoneCall, Stored } from '@timebank/contract';
import { Contacts, FindCallers, PutPhoneCall } from '@timebank/family';
import { Caller, Endpoint, Input } from '../../http/endpoint';

/** Who calls, and what comes of it. */
@Controller()
export class IntakeController {
  constructor(
    private readonly findCallers: FindCallers,
    private readonly contacts: Contacts,
    private readonly putPhoneCall: PutPhoneCall,
  ) {}

  @Endpoint('listCallers')
  callers(@Input() { params, query }: InputOf<'listCallers'>): Promise<AnswerOf<'listCallers'>> {
    return this.findCallers.run(params.bankId, query.phone);
  }

  @Endpoint('listContacts')
  list(@Input() { params, query }: InputOf<'listContacts'>): Promise<AnswerOf<'listContacts'>> {
    return this.contacts.list(params.bankId, query);
  }

  @Endpoint('putContact')
  put(@Caller() caller: Actor, @Input() { params, body }: InputOf<'putContact'>): Promise<Stored<Contact>> {
    return this.contacts.put(caller, params.bankId, params.contactId, body);
  }

  @Endpoint('putPhoneCall')
  call(@Caller() caller: Actor, @Input() { params, body }: InputOf<'putPhoneCall'>): Promise<Stored<PhoneCall>> {
    return this.putPhoneCall.run(caller, params.bankId, params.callId, body);
  }
}
