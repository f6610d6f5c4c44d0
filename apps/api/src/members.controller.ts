import { Controller } from '@nestjs/common';
import type { Actor } from '@timebank/access';
import type { AnswerOf, InputOf, Member, Qualification, Relation, Stored } from '@timebank/contract';
import { ListMembers, PatchMember, PutMember, PutQualification, PutRelation, ReadMember } from '@timebank/members';
import { Caller, Endpoint, Input } from './http/endpoint';

/** People at a bank. */
@Controller()
export class MembersController {
  constructor(
    private readonly listMembers: ListMembers,
    private readonly putMember: PutMember,
    private readonly readMember: ReadMember,
    private readonly patchMember: PatchMember,
    private readonly putRelation: PutRelation,
    private readonly putQualification: PutQualification,
  ) {}

  @Endpoint('listMembers')
  list(@Input() { params, query }: InputOf<'listMembers'>): Promise<AnswerOf<'listMembers'>> {
    return this.listMembers.run(params.bankId, query);
  }

  @Endpoint('putMember')
  put(@Caller() caller: Actor, @Input() { params, body }: InputOf<'putMember'>): Promise<Stored<Member>> {
    return this.putMember.run(params.bankId, params.memberId, body, caller.personId);
  }

  @Endpoint('getMember')
  get(@Caller() caller: Actor, @Input() { params }: InputOf<'getMember'>): Promise<Member> {
    return this.readMember.run(caller, params.bankId, params.memberId);
  }

  @Endpoint('patchMember')
  patch(@Caller() caller: Actor, @Input() { params, body }: InputOf<'patchMember'>): Promise<AnswerOf<'patchMember'>> {
    return this.patchMember.run(caller, params.bankId, params.memberId, body);
  }

  @Endpoint('putRelation')
  relate(@Caller() caller: Actor, @Input() { params, body }: InputOf<'putRelation'>): Promise<Stored<Relation>> {
    return this.putRelation.run(caller, params.bankId, params.memberId, params.otherMemberId, body.kind, body.otherBankId);
  }

  @Endpoint('putQualification')
  qualify(@Caller() caller: Actor, @Input() { params, body }: InputOf<'putQualification'>): Promise<Stored<Qualification>> {
    return this.putQualification.run(caller, params.bankId, params.memberId, params.code, body.validUntil);
  }
}
