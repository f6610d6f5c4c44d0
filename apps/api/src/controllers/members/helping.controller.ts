import { Controller } from '@nestjs/common';
import type { Actor } from '@timebank/access';
import type { AnswerOf, Availability as Said, Block, Exemption, InputOf, Qualification, Stored } from '@timebank/contract';
import { Availability, PairBlocks, PutExemption, PutQualification } from '@timebank/members';
import { SayAvailability } from '@timebank/requests';
import { Caller, Endpoint, Input } from '../../http/endpoint';

/** What somebody may do for whom. */
@Controller()
export class HelpingController {
  constructor(
    private readonly putQualification: PutQualification,
    private readonly putExemption: PutExemption,
    private readonly pairBlocks: PairBlocks,
    private readonly availability: Availability,
    private readonly sayAvailability: SayAvailability,
  ) {}

  @Endpoint('putQualification')
  qualify(@Caller() caller: Actor, @Input() { params, body }: InputOf<'putQualification'>): Promise<Stored<Qualification>> {
    return this.putQualification.run(caller, params.bankId, params.memberId, params.code, body.validUntil);
  }

  @Endpoint('putExemption')
  exempt(@Caller() caller: Actor, @Input() { params, body }: InputOf<'putExemption'>): Promise<Stored<Exemption>> {
    return this.putExemption.run(caller, params.bankId, params.memberId, params.code, body);
  }

  @Endpoint('listBlocks')
  blocks(@Input() { params, query }: InputOf<'listBlocks'>): Promise<AnswerOf<'listBlocks'>> {
    return this.pairBlocks.list(params.bankId, params.memberId, query);
  }

  @Endpoint('putBlock')
  block(@Caller() caller: Actor, @Input() { params }: InputOf<'putBlock'>): Promise<Stored<Block>> {
    return this.pairBlocks.put(caller, params.bankId, params.memberId, params.otherMemberId);
  }

  @Endpoint('deleteBlock')
  unblock(@Caller() caller: Actor, @Input() { params }: InputOf<'deleteBlock'>): Promise<AnswerOf<'deleteBlock'>> {
    return this.pairBlocks.end(caller, params.bankId, params.memberId, params.otherMemberId);
  }

  @Endpoint('getAvailability')
  availableMyself(@Caller() caller: Actor): Promise<Said> {
    return this.availability.readOwn(caller);
  }

  @Endpoint('putAvailability')
  sayMyself(@Caller() caller: Actor, @Input() { body }: InputOf<'putAvailability'>): Promise<Stored<Said>> {
    return this.sayAvailability.own(caller, body);
  }

  @Endpoint('getMemberAvailability')
  available(@Input() { params }: InputOf<'getMemberAvailability'>): Promise<Said> {
    return this.availability.read(params.bankId, params.memberId);
  }

  @Endpoint('putMemberAvailability')
  say(@Input() { params, body }: InputOf<'putMemberAvailability'>): Promise<Stored<Said>> {
    return this.sayAvailability.of(params.bankId, params.memberId, body);
  }
}
