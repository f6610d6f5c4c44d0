import { Controller } from '@nestjs/common';
import type { Actor } from '@timebank/access';
import type { AnswerOf, Guest, InputOf, Stored } from '@timebank/contract';
import { EndGuest, ListGuests, ListHosts, PutGuest } from '@timebank/members';
import { Caller, Endpoint, Input } from '../../http/endpoint';

/** Volunteers who help in another bank. */
@Controller()
export class GuestsController {
  constructor(
    private readonly listHosts: ListHosts,
    private readonly listGuests: ListGuests,
    private readonly putGuest: PutGuest,
    private readonly endGuest: EndGuest,
  ) {}

  @Endpoint('listHosts')
  hosts(@Caller() caller: Actor, @Input() { params, query }: InputOf<'listHosts'>): Promise<AnswerOf<'listHosts'>> {
    return this.listHosts.run(caller, params.bankId, query);
  }

  @Endpoint('listGuests')
  guests(@Input() { params, query }: InputOf<'listGuests'>): Promise<AnswerOf<'listGuests'>> {
    return this.listGuests.run(params.bankId, query);
  }

  @Endpoint('putGuest')
  put(@Caller() caller: Actor, @Input() { params, body }: InputOf<'putGuest'>): Promise<Stored<Guest>> {
    return this.putGuest.run(caller, params.bankId, params.memberId, body.homeBankId);
  }

  @Endpoint('deleteGuest')
  async end(@Caller() caller: Actor, @Input() { params }: InputOf<'deleteGuest'>): Promise<AnswerOf<'deleteGuest'>> {
    await this.endGuest.run(caller, params.bankId, params.memberId);
    return { done: true };
  }
}
