import { Controller } from '@nestjs/common';
import type { Actor } from '@timebank/access';
import type { Cardless, CardSheetAnswer, CardSheets, InputOf, Stored } from '@timebank/contract';
import { IssueCards, ListCardless, ListCardSheets, SaveCardSheet } from '@timebank/visits';
import { Drawing } from '../../drawing/drawing';
import { Caller, Endpoint, Input } from '../../http/endpoint';

/** Service cards for many clients at once. */
@Controller()
export class CardSheetsController {
  constructor(
    private readonly listCardless: ListCardless,
    private readonly listCardSheets: ListCardSheets,
    private readonly issueCards: IssueCards,
    private readonly saveCardSheet: SaveCardSheet,
    private readonly drawing: Drawing,
  ) {}

  @Endpoint('listCardless')
  list(@Input() { params }: InputOf<'listCardless'>): Promise<Cardless> {
    return this.listCardless.run(params.bankId);
  }

  @Endpoint('listCardSheets')
  sheets(@Input() { params }: InputOf<'listCardSheets'>): Promise<CardSheets> {
    return this.listCardSheets.run(params.bankId);
  }

  @Endpoint('putCardSheet')
  async issue(@Caller() caller: Actor, @Input() { params, body }: InputOf<'putCardSheet'>): Promise<Stored<CardSheetAnswer>> {
    const { first, value, sheet } = await this.issueCards.run(caller, params.bankId, params.sheetId, body);
    return { first, value: { ...value, pdf: (await this.drawing.drawCards(sheet)).toString('base64') } };
  }

  @Endpoint('saveCardSheet')
  save(@Caller() caller: Actor, @Input() { params }: InputOf<'saveCardSheet'>): Promise<{ done: true }> {
    return this.saveCardSheet.run(caller, params.bankId, params.sheetId);
  }
}
