import { Controller } from '@nestjs/common';
import type { Actor } from '@timebank/access';
import type { AnswerOf, InputOf, Relation, Stored } from '@timebank/contract';
import { ListWaitingRelations, PutRelation, SpeakOfRelation } from '@timebank/members';
import { Caller, Endpoint, Input } from '../../http/endpoint';

/** Relations: recorded, confirmed or denied, waiting, ended. */
@Controller()
export class RelationsController {
  constructor(
    private readonly putRelation: PutRelation,
    private readonly speakOfRelation: SpeakOfRelation,
    private readonly listWaitingRelations: ListWaitingRelations,
  ) {}

  @Endpoint('putRelation')
  relate(@Caller() caller: Actor, @Input() { params, body }: InputOf<'putRelation'>): Promise<Stored<Relation>> {
    return this.putRelation.run(caller, params.bankId, params.memberId, params.otherMemberId, body.kind, body.otherBankId);
  }

  @Endpoint('listWaitingRelations')
  waiting(@Caller() caller: Actor, @Input() { params, query }: InputOf<'listWaitingRelations'>): Promise<AnswerOf<'listWaitingRelations'>> {
    return this.listWaitingRelations.run(caller, params.bankId, query);
  }

  @Endpoint('confirmRelation')
  confirm(@Caller() caller: Actor, @Input() { params }: InputOf<'confirmRelation'>): Promise<Stored<Relation>> {
    return this.speakOfRelation.confirm(caller, params.bankId, params.memberId, params.otherMemberId);
  }

  @Endpoint('endRelation')
  async end(@Caller() caller: Actor, @Input() { params, body }: InputOf<'endRelation'>): Promise<AnswerOf<'endRelation'>> {
    await this.speakOfRelation.end(caller, params.bankId, params.memberId, params.otherMemberId, body.on);
    return { done: true };
  }
}
