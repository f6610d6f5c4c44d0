import { Controller } from '@nestjs/common';
import type { Actor } from '@timebank/access';
import { EditSeries, InterruptSeries, PutSeries, ReadSeries, SeriesStandings } from '@timebank/care';
import type { AnswerOf, InputOf, Series, Stored } from '@timebank/contract';
import { Caller, Endpoint, Input } from '../../http/endpoint';

/** Needs that come back by themselves. */
@Controller()
export class SeriesController {
  constructor(
    private readonly readSeries: ReadSeries,
    private readonly standings: SeriesStandings,
    private readonly putSeries: PutSeries,
    private readonly editSeries: EditSeries,
    private readonly interruptSeries: InterruptSeries,
  ) {}

  @Endpoint('listSeries')
  list(@Caller() caller: Actor, @Input() { params, query }: InputOf<'listSeries'>): Promise<AnswerOf<'listSeries'>> {
    return this.readSeries.list(caller, params.bankId, query);
  }

  @Endpoint('seriesStanding')
  standing(@Input() { params }: InputOf<'seriesStanding'>): Promise<AnswerOf<'seriesStanding'>> {
    return this.standings.ofBank(params.bankId);
  }

  @Endpoint('putSeries')
  put(@Caller() caller: Actor, @Input() { params, body }: InputOf<'putSeries'>): Promise<Stored<Series>> {
    return this.putSeries.run(caller, params.bankId, params.seriesId, body);
  }

  @Endpoint('getSeries')
  get(@Caller() caller: Actor, @Input() { params }: InputOf<'getSeries'>): Promise<Series> {
    return this.readSeries.run(caller, params.bankId, params.seriesId);
  }

  @Endpoint('patchSeries')
  patch(@Caller() caller: Actor, @Input() { params, body }: InputOf<'patchSeries'>): Promise<Series> {
    return this.editSeries.run(caller, params.bankId, params.seriesId, body);
  }

  @Endpoint('previewSeries')
  preview(@Caller() caller: Actor, @Input() { params, body }: InputOf<'previewSeries'>): Promise<AnswerOf<'previewSeries'>> {
    return this.editSeries.preview(caller, params.bankId, params.seriesId, body);
  }

  @Endpoint('pauseSeries')
  pause(@Caller() caller: Actor, @Input() { params, body }: InputOf<'pauseSeries'>): Promise<Series> {
    return this.interruptSeries.pause(caller, params.bankId, params.seriesId, body);
  }

  @Endpoint('resumeSeries')
  resume(@Caller() caller: Actor, @Input() { params, body }: InputOf<'resumeSeries'>): Promise<Series> {
    return this.interruptSeries.back(caller, params.bankId, params.seriesId, body);
  }

  @Endpoint('skipSeries')
  skip(@Caller() caller: Actor, @Input() { params, body }: InputOf<'skipSeries'>): Promise<Series> {
    return this.interruptSeries.skip(caller, params.bankId, params.seriesId, body);
  }

  @Endpoint('endSeries')
  end(@Caller() caller: Actor, @Input() { params, body }: InputOf<'endSeries'>): Promise<Series> {
    return this.interruptSeries.end(caller, params.bankId, params.seriesId, body);
  }
}
