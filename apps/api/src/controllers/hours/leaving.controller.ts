import { Controller } from '@nestjs/common';
import type { Actor } from '@timebank/access';
import type { InputOf, LeavePreview, LeftMember, Stored, Waiting } from '@timebank/contract';
import { LeaveMember, PreviewLeaving } from '@timebank/hours';
import { Caller, Endpoint, Input } from '../../http/endpoint';

/** Members who leave, or have died. */
@Controller()
export class LeavingController {
  constructor(
    private readonly previewLeaving: PreviewLeaving,
    private readonly leaveMember: LeaveMember,
  ) {}

  @Endpoint('previewLeaving')
  preview(@Input() { params }: InputOf<'previewLeaving'>): Promise<LeavePreview> {
    return this.previewLeaving.run(params.bankId, params.memberId);
  }

  @Endpoint('leave')
  leave(@Caller() caller: Actor, @Input() { params, body }: InputOf<'leave'>): Promise<Stored<LeftMember> | Waiting> {
    return this.leaveMember.run(caller, params.bankId, params.memberId, body);
  }
}
