import { Controller } from '@nestjs/common';
import type { Actor } from '@timebank/access';
import type { AnswerOf, GrantPreview, GrantRun, InputOf, Stored, Waiting } from '@timebank/contract';
import { ListGrantRows, ListGrantRuns, PreviewGrants, ShowGrantRun, StartGrantRun } from '@timebank/hours';
import { Caller, Endpoint, Input } from '../../http/endpoint';

/** Monthly grants to priority elders. */
@Controller()
export class GrantsController {
  constructor(
    private readonly previewGrants: PreviewGrants,
    private readonly listGrantRuns: ListGrantRuns,
    private readonly startGrantRun: StartGrantRun,
    private readonly showGrantRun: ShowGrantRun,
    private readonly listGrantRows: ListGrantRows,
  ) {}

  @Endpoint('previewGrants')
  preview(@Input() { params, query }: InputOf<'previewGrants'>): Promise<GrantPreview> {
    return this.previewGrants.run(params.bankId, query);
  }

  @Endpoint('listGrantRuns')
  list(@Input() { params, query }: InputOf<'listGrantRuns'>): Promise<AnswerOf<'listGrantRuns'>> {
    return this.listGrantRuns.run(params.bankId, query);
  }

  @Endpoint('putGrantRun')
  put(@Caller() caller: Actor, @Input() { params, body }: InputOf<'putGrantRun'>): Promise<Stored<GrantRun> | Waiting> {
    return this.startGrantRun.run(caller, params.bankId, params.runId, body.month);
  }

  @Endpoint('getGrantRun')
  get(@Input() { params }: InputOf<'getGrantRun'>): Promise<GrantRun> {
    return this.showGrantRun.run(params.bankId, params.runId);
  }

  @Endpoint('listGrantRows')
  rows(@Input() { params, query }: InputOf<'listGrantRows'>): Promise<AnswerOf<'listGrantRows'>> {
    return this.listGrantRows.run(params.bankId, params.runId, query);
  }
}
