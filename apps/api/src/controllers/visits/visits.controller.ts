import { Controller } from '@nestjs/common';
import type { Actor } from '@timebank/access';
import { TakeOrStandBy } from '@timebank/care';
import type { Accepted, AnswerOf, InputOf, Offer, Stored, Visit } from '@timebank/contract';
import { CancelVisit, EnterTimes, GetVisit, ListVisits, ScanCard } from '@timebank/visits';
import { Caller, Endpoint, Input } from '../../http/endpoint';

/** Visits: planned, scanned, entered by hand, called off. */
@Controller()
export class VisitsController {
  constructor(
    private readonly listVisits: ListVisits,
    private readonly takeOrStandBy: TakeOrStandBy,
    private readonly getVisit: GetVisit,
    private readonly scanCard: ScanCard,
    private readonly enterTimes: EnterTimes,
    private readonly cancelVisit: CancelVisit,
  ) {}

  @Endpoint('listVisits')
  list(@Caller() caller: Actor, @Input() { params, query }: InputOf<'listVisits'>): Promise<AnswerOf<'listVisits'>> {
    return this.listVisits.run(caller, params.bankId, query);
  }

  @Endpoint('putVisit')
  put(@Caller() caller: Actor, @Input() { params, body }: InputOf<'putVisit'>): Promise<Stored<Visit> | Accepted<Offer>> {
    return this.takeOrStandBy.run(caller, params.bankId, params.visitId, body);
  }

  @Endpoint('getVisit')
  get(@Caller() caller: Actor, @Input() { params }: InputOf<'getVisit'>): Promise<Visit> {
    return this.getVisit.run(caller, params.bankId, params.visitId);
  }

  @Endpoint('putScan')
  scan(@Caller() caller: Actor, @Input() { params, body }: InputOf<'putScan'>): Promise<Stored<Visit>> {
    return this.scanCard.run(caller, params.bankId, params.visitId, params.eventId, body);
  }

  @Endpoint('putManual')
  enter(@Caller() caller: Actor, @Input() { params, body }: InputOf<'putManual'>): Promise<Stored<Visit>> {
    return this.enterTimes.run(caller, params.bankId, params.visitId, body);
  }

  @Endpoint('cancelVisit')
  cancel(@Caller() caller: Actor, @Input() { params, body }: InputOf<'cancelVisit'>): Promise<Visit> {
    return this.cancelVisit.run(caller, params.bankId, params.visitId, body);
  }
}
