import { Controller } from '@nestjs/common';
import type { Actor } from '@timebank/access';
import type { Cardless, CardSheetAnswer, InputOf } from '@timebank/contract';
import { IssueCards, ListCardless } from '@timebank/visits';
import { Drawing } from '../../drawing/drawing';
import { Caller, Endpoint, Input } from '../../http/endpoint';

/** Service cards for many clients at once. */
@Controller()
export class CardSheetsController {
  constructor(
    private readonly listCardless: ListCardless,
    private readonly issueCards: IssueCards,
    private readonly drawing: Drawing,
  ) {}

  @Endpoint('listCardless')
  list(@Input() { params }: InputOf<'listCardless'>): Promise<Cardless> {
    return this.listCardless.run(params.bankId);
  }

  @Endpoint('issueCards')
  async issue(@Caller() caller: Actor, @Input() { params, body }: InputOf<'issueCards'>): Promise<CardSheetAnswer> {
    const { sheet, ...issued } = await this.issueCards.run(caller, params.bankId, body);
    return { ...issued, pdf: (await this.drawing.drawCards(sheet)).toString('base64') };
  }
}
