import { Controller } from '@nestjs/common';
import type { Actor } from '@timebank/access';
import { SayStillNeeded } from '@timebank/care';
import type { AnswerOf, InputOf, RequestAnswer, Stored } from '@timebank/contract';
import { GetRequest, ListRequests, PatchRequest, PutRequest } from '@timebank/requests';
import { CancelRequest } from '@timebank/visits';
import { Caller, Endpoint, Input } from '../../http/endpoint';

/** What clients need. */
@Controller()
export class RequestsController {
  constructor(
    private readonly listRequests: ListRequests,
    private readonly putRequest: PutRequest,
    private readonly getRequest: GetRequest,
    private readonly patchRequest: PatchRequest,
    private readonly cancelRequest: CancelRequest,
    private readonly sayStillNeeded: SayStillNeeded,
  ) {}

  @Endpoint('listRequests')
  list(@Caller() caller: Actor, @Input() { params, query }: InputOf<'listRequests'>): Promise<AnswerOf<'listRequests'>> {
    return this.listRequests.run(caller, params.bankId, query);
  }

  @Endpoint('putRequest')
  put(@Caller() caller: Actor, @Input() { params, body }: InputOf<'putRequest'>): Promise<Stored<RequestAnswer>> {
    return this.putRequest.run(caller, params.bankId, params.requestId, body);
  }

  @Endpoint('getRequest')
  get(@Caller() caller: Actor, @Input() { params }: InputOf<'getRequest'>): Promise<RequestAnswer> {
    return this.getRequest.run(caller, params.bankId, params.requestId);
  }

  @Endpoint('patchRequest')
  patch(@Caller() caller: Actor, @Input() { params, body }: InputOf<'patchRequest'>): Promise<RequestAnswer> {
    return this.patchRequest.run(caller, params.bankId, params.requestId, body);
  }

  @Endpoint('sayStillNeeded')
  stillNeeded(@Caller() caller: Actor, @Input() { params }: InputOf<'sayStillNeeded'>): Promise<RequestAnswer> {
    return this.sayStillNeeded.run(caller, params.bankId, params.requestId);
  }

  @Endpoint('cancelRequest')
  cancel(@Caller() caller: Actor, @Input() { params, body }: InputOf<'cancelRequest'>): Promise<RequestAnswer> {
    return this.cancelRequest.run(caller, params.bankId, params.requestId, body?.note);
  }
}
