import { Controller } from '@nestjs/common';
import type { Actor } from '@timebank/access';
import type { Doubles, InputOf, MergeOutcome, MergePreview, Stored, Waiting } from '@timebank/contract';
import { ListDoubles, MergeMembers, MergeSides, UndoMerge } from '@timebank/hours';
import { Caller, Endpoint, Input } from '../../http/endpoint';

/** Members who are one person. */
@Controller()
export class MergingController {
  constructor(
    private readonly listDoubles: ListDoubles,
    private readonly mergeSides: MergeSides,
    private readonly mergeMembers: MergeMembers,
    private readonly undoMerge: UndoMerge,
  ) {}

  @Endpoint('listDoubles')
  doubles(@Input() { params }: InputOf<'listDoubles'>): Promise<Doubles> {
    return this.listDoubles.run(params.bankId);
  }

  @Endpoint('previewMerge')
  preview(@Input() { params, query }: InputOf<'previewMerge'>): Promise<MergePreview> {
    return this.mergeSides.preview(params.bankId, params.memberId, query.otherMemberId);
  }

  @Endpoint('merge')
  merge(@Caller() caller: Actor, @Input() { params, body }: InputOf<'merge'>): Promise<Stored<MergeOutcome> | Waiting> {
    return this.mergeMembers.run(caller, params.bankId, params.memberId, body.otherMemberId);
  }

  @Endpoint('undoMerge')
  undo(@Caller() caller: Actor, @Input() { params, body }: InputOf<'undoMerge'>): Promise<MergeOutcome> {
    return this.undoMerge.run(caller, params.bankId, params.memberId, body.otherMemberId);
  }
}
