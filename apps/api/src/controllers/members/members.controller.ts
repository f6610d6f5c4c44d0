import { Controller } from '@nestjs/common';
import type { Actor } from '@timebank/access';
import type { AnswerOf, InputOf, Member, Stored } from '@timebank/contract';
import { ListCorrections, ListMembers, PatchMember, PutMember, ReadMember } from '@timebank/members';
import { Caller, Endpoint, Input } from '../../http/endpoint';

/** People at a bank. */
@Controller()
export class MembersController {
  constructor(
    private readonly listMembers: ListMembers,
    private readonly listCorrections: ListCorrections,
    private readonly putMember: PutMember,
    private readonly readMember: ReadMember,
    private readonly patchMember: PatchMember,
  ) {}

  @Endpoint('listMembers')
  list(@Input() { params, query }: InputOf<'listMembers'>): Promise<AnswerOf<'listMembers'>> {
    return this.listMembers.run(params.bankId, query);
  }

  @Endpoint('listCorrections')
  corrections(@Input() { params }: InputOf<'listCorrections'>): Promise<AnswerOf<'listCorrections'>> {
    return this.listCorrections.run(params.bankId, params.memberId);
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
}
