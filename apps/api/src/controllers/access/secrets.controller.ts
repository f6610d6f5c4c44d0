import { Controller, Inject, Req } from '@nestjs/common';
import { type Actor, EndSession, ListSessions, sourceOf } from '@timebank/access';
import type { AnswerOf, InputOf } from '@timebank/contract';
import { ChoosePassword, StartMemberReset } from '@timebank/members';
import type { FastifyRequest } from 'fastify';
import { APP_OPTIONS, type AppOptions } from '../../app.options';
import { Caller, Endpoint, Input } from '../../http/endpoint';

/** Passwords and sign-ins: one's own, and the reset that staff begin for a member. */
@Controller()
export class SecretsController {
  constructor(
    private readonly choosePassword: ChoosePassword,
    private readonly listSessions: ListSessions,
    private readonly endSession: EndSession,
    private readonly startMemberReset: StartMemberReset,
    @Inject(APP_OPTIONS) private readonly options: AppOptions,
  ) {}

  @Endpoint('putPassword')
  async change(
    @Caller() caller: Actor,
    @Req() request: FastifyRequest,
    @Input() { body }: InputOf<'putPassword'>,
  ): Promise<AnswerOf<'putPassword'>> {
    await this.choosePassword.run(caller, body, sourceOf(request, this.options.origin.startsWith('https:')));
    return { done: true };
  }

  @Endpoint('listSessions')
  list(@Caller() caller: Actor): Promise<AnswerOf<'listSessions'>> {
    return this.listSessions.run(caller);
  }

  @Endpoint('endSession')
  async end(@Caller() caller: Actor, @Input() { params }: InputOf<'endSession'>): Promise<AnswerOf<'endSession'>> {
    await this.endSession.run(caller, params.sessionId);
    return { done: true };
  }

  @Endpoint('startReset')
  start(@Caller() caller: Actor, @Input() { params, body }: InputOf<'startReset'>): Promise<AnswerOf<'startReset'>> {
    return this.startMemberReset.run(caller, params.bankId, params.memberId, body ?? {});
  }
}
