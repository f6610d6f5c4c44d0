import { Controller } from '@nestjs/common';
import type { Actor } from '@timebank/access';
import { ListNobodyCame, PausePerson } from '@timebank/care';
import type { AnswerOf, CallWish, InputOf, PersonPause, PersonPauses, Stored, Visit } from '@timebank/contract';
import { CallWishes, SayOnMyWay } from '@timebank/visits';
import { Caller, Endpoint, Input } from '../../http/endpoint';

/** On the day of a visit. */
@Controller()
export class DayController {
  constructor(
    private readonly sayOnMyWay: SayOnMyWay,
    private readonly listNobodyCame: ListNobodyCame,
    private readonly callWishes: CallWishes,
    private readonly pausePerson: PausePerson,
  ) {}

  @Endpoint('sayOnMyWay')
  onMyWay(@Caller() caller: Actor, @Input() { params }: InputOf<'sayOnMyWay'>): Promise<Visit> {
    return this.sayOnMyWay.run(caller, params.bankId, params.visitId);
  }

  @Endpoint('listNobodyCame')
  nobodyCame(@Input() { params, query }: InputOf<'listNobodyCame'>): Promise<AnswerOf<'listNobodyCame'>> {
    return this.listNobodyCame.run(params.bankId, query);
  }

  @Endpoint('putCallWish')
  wish(@Caller() caller: Actor, @Input() { params, body }: InputOf<'putCallWish'>): Promise<Stored<CallWish>> {
    return this.callWishes.put(caller, params.bankId, params.wishId, body);
  }

  @Endpoint('listCallWishes')
  wishes(@Input() { params, query }: InputOf<'listCallWishes'>): Promise<AnswerOf<'listCallWishes'>> {
    return this.callWishes.list(params.bankId, query);
  }

  @Endpoint('closeCallWish')
  called(@Caller() caller: Actor, @Input() { params }: InputOf<'closeCallWish'>): Promise<CallWish> {
    return this.callWishes.done(caller, params.bankId, params.wishId);
  }

  @Endpoint('pausePerson')
  pause(@Caller() caller: Actor, @Input() { params, body }: InputOf<'pausePerson'>): Promise<PersonPause> {
    return this.pausePerson.run(caller, params.bankId, params.memberId, body);
  }

  @Endpoint('getPauses')
  pauses(@Caller() caller: Actor, @Input() { params }: InputOf<'getPauses'>): Promise<PersonPauses> {
    return this.pausePerson.read(caller, params.bankId, params.memberId);
  }

  @Endpoint('endPause')
  back(@Caller() caller: Actor, @Input() { params, body }: InputOf<'endPause'>): Promise<PersonPauses> {
    return this.pausePerson.back(caller, params.bankId, params.memberId, body);
  }
}
