import { Controller } from '@nestjs/common';
import type { Actor } from '@timebank/access';
import { LeaveSeries, PutRegular } from '@timebank/care';
import type { AnswerOf, InputOf, Series, Stored } from '@timebank/contract';
import { Caller, Endpoint, Input } from '../../http/endpoint';

/** Volunteers who belong to a series. */
@Controller()
export class RegularsController {
  constructor(
    private readonly putRegular: PutRegular,
    private readonly leaveSeries: LeaveSeries,
  ) {}

  @Endpoint('putRegular')
  put(@Caller() caller: Actor, @Input() { params }: InputOf<'putRegular'>): Promise<Stored<Series>> {
    return this.putRegular.run(caller, params.bankId, params.seriesId, params.memberId);
  }

  @Endpoint('deleteRegular')
  delete(@Caller() caller: Actor, @Input() { params }: InputOf<'deleteRegular'>): Promise<AnswerOf<'deleteRegular'>> {
    return this.leaveSeries.run(caller, params.bankId, params.seriesId, params.memberId);
  }

  @Endpoint('giveAwayDate')
  giveAway(@Caller() caller: Actor, @Input() { params, body }: InputOf<'giveAwayDate'>): Promise<Series> {
    return this.leaveSeries.giveAway(caller, params.bankId, params.seriesId, params.memberId, body.date);
  }
}
