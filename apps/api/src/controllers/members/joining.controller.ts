import { Controller, Inject, Req } from '@nestjs/common';
import { type Actor, sourceOf } from '@timebank/access';
import type {
  ApplicationState,
  AnswerOf,
  Consent,
  ConsentPurpose,
  Consents as ConsentsAnswer,
  InputOf,
  JoiningBank,
  Stored,
} from '@timebank/contract';
import { AcceptApplication, Applications, Consents, Joining } from '@timebank/members';
import type { FastifyRequest } from 'fastify';
import { APP_OPTIONS, type AppOptions } from '../../app.options';
import { Caller, Endpoint, Input } from '../../http/endpoint';

/** People who come by themselves, and what they let be done with what is known of them. */
@Controller()
export class JoiningController {
  constructor(
    private readonly joining: Joining,
    private readonly applications: Applications,
    private readonly acceptApplication: AcceptApplication,
    private readonly consents: Consents,
    @Inject(APP_OPTIONS) private readonly options: AppOptions,
  ) {}

  @Endpoint('showJoining')
  show(@Input() { params }: InputOf<'showJoining'>): Promise<JoiningBank> {
    return this.joining.show(params.bank);
  }

  @Endpoint('requestJoiningCode')
  code(@Req() request: FastifyRequest, @Input() { params, body }: InputOf<'requestJoiningCode'>): Promise<AnswerOf<'requestJoiningCode'>> {
    return this.joining.code(params.bank, body.phone, this.sourceOf(request));
  }

  @Endpoint('putApplication')
  put(@Req() request: FastifyRequest, @Input() { params, body }: InputOf<'putApplication'>): Promise<Stored<ApplicationState>> {
    return this.joining.put(params.bank, params.applicationId, body, this.sourceOf(request));
  }

  @Endpoint('listApplications')
  list(@Input() { params, query }: InputOf<'listApplications'>): Promise<AnswerOf<'listApplications'>> {
    return this.applications.list(params.bankId, query);
  }

  @Endpoint('checkApplication')
  check(@Caller() caller: Actor, @Input() { params, body }: InputOf<'checkApplication'>): Promise<ApplicationState> {
    return this.applications.check(caller, params.bankId, params.applicationId, body.way);
  }

  @Endpoint('acceptApplication')
  accept(@Caller() caller: Actor, @Input() { params, body }: InputOf<'acceptApplication'>): Promise<AnswerOf<'acceptApplication'>> {
    return this.acceptApplication.run(caller, params.bankId, params.applicationId, body.version);
  }

  @Endpoint('refuseApplication')
  refuse(@Caller() caller: Actor, @Input() { params, body }: InputOf<'refuseApplication'>): Promise<ApplicationState> {
    return this.applications.refuse(caller, params.bankId, params.applicationId, body);
  }

  @Endpoint('listConsents')
  listConsents(@Caller() caller: Actor): Promise<ConsentsAnswer> {
    return this.consents.list(caller);
  }

  @Endpoint('putConsent')
  putConsent(@Caller() caller: Actor, @Input() { params, body }: InputOf<'putConsent'>): Promise<Stored<Consent>> {
    return this.consents.put(caller, params.purpose as ConsentPurpose, body);
  }

  private sourceOf(request: FastifyRequest) {
    return sourceOf(request, this.options.origin.startsWith('https:'));
  }
}
