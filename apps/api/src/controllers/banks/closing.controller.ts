import { Controller } from '@nestjs/common';
import type { Actor } from '@timebank/access';
import { CloseBank, PreviewClosing, ReopenBank } from '@timebank/banks';
import type { Bank, ClosingPreview, InputOf, Waiting } from '@timebank/contract';
import { Caller, Endpoint, Input } from '../../http/endpoint';

/** Time banks that end their work, or take it up again. */
@Controller()
export class ClosingController {
  constructor(
    private readonly previewClosing: PreviewClosing,
    private readonly closeBank: CloseBank,
    private readonly reopenBank: ReopenBank,
  ) {}

  @Endpoint('previewClosing')
  preview(@Input() { params }: InputOf<'previewClosing'>): Promise<ClosingPreview> {
    return this.previewClosing.run(params.bankId);
  }

  @Endpoint('closeBank')
  close(@Caller() caller: Actor, @Input() { params, body }: InputOf<'closeBank'>): Promise<Bank | Waiting> {
    return this.closeBank.run(caller, params.bankId, body);
  }

  @Endpoint('reopenBank')
  reopen(@Caller() caller: Actor, @Input() { params, body }: InputOf<'reopenBank'>): Promise<Bank | Waiting> {
    return this.reopenBank.run(caller, params.bankId, body);
  }
}
