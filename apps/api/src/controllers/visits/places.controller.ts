import { Controller } from '@nestjs/common';
import type { Actor } from '@timebank/access';
import type { AnswerOf, ClientPlace, InputOf, LocationConsent, Stored } from '@timebank/contract';
import { ConsentToLocation, PlaceClient } from '@timebank/visits';
import { Caller, Endpoint, Input } from '../../http/endpoint';

/** Where homes are, and whose phone may report where it is. */
@Controller()
export class PlacesController {
  constructor(
    private readonly placeClient: PlaceClient,
    private readonly consentToLocation: ConsentToLocation,
  ) {}

  @Endpoint('putClientPlace')
  put(@Caller() caller: Actor, @Input() { params, body }: InputOf<'putClientPlace'>): Promise<Stored<ClientPlace>> {
    return this.placeClient.run(caller, params.bankId, params.memberId, body);
  }

  @Endpoint('getClientPlace')
  get(@Input() { params }: InputOf<'getClientPlace'>): Promise<AnswerOf<'getClientPlace'>> {
    return this.placeClient.read(params.bankId, params.memberId);
  }

  @Endpoint('putLocationConsent')
  consent(@Caller() caller: Actor, @Input() { body }: InputOf<'putLocationConsent'>): Promise<Stored<LocationConsent>> {
    return this.consentToLocation.run(caller, body);
  }

  @Endpoint('getLocationConsent')
  consented(@Caller() caller: Actor): Promise<LocationConsent> {
    return this.consentToLocation.read(caller);
  }
}
