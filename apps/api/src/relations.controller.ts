import { Controller } from '@nestjs/common';
import type { Actor } from '@timebank/access';
import type { AnswerOf, InputOf, Relation, Stored } from '@timebank/contract';
import { SpeakOfRelation } from '@timebank/members';
import { Caller, Endpoint, Input } from './http/endpoint';

/** What the other side says about a relation on record, and its end. */
@Controller()
export class RelationsController {
  constructor(private readonly speakOfRelation: SpeakOfRelation) {}

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
