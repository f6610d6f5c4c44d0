import { Controller, Inject, Req, Res, UseGuards } from '@nestjs/common';
import { type Actor, carriedToken, cookieName, RequestSignInCode, sessionDays, Sessions, type SignedIn } from '@timebank/access';
import type { AnswerOf, InputOf } from '@timebank/contract';
import { OwnMember } from '@timebank/members';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { APP_OPTIONS, type AppOptions } from './app.options';
import { CodeGuard, PasswordGuard } from './http/credential.guards';
import { Caller, Endpoint, Input } from './http/endpoint';

type SignedInRequest = FastifyRequest & { user: SignedIn };

/** Signing in and out. Browsers keep the token in a cookie that scripts cannot read, other callers send it as bearer. */
@Controller()
export class AccessController {
  constructor(
    private readonly sessions: Sessions,
    private readonly requestSignInCode: RequestSignInCode,
    private readonly ownMember: OwnMember,
    @Inject(APP_OPTIONS) private readonly options: AppOptions,
  ) {}

  @Endpoint('signIn')
  @UseGuards(PasswordGuard)
  signIn(@Req() request: SignedInRequest, @Res({ passthrough: true }) reply: FastifyReply): Promise<AnswerOf<'signIn'>> {
    return this.welcome(request.user, reply);
  }

  @Endpoint('signInByCode')
  @UseGuards(CodeGuard)
  signInByCode(@Req() request: SignedInRequest, @Res({ passthrough: true }) reply: FastifyReply): Promise<AnswerOf<'signInByCode'>> {
    return this.welcome(request.user, reply);
  }

  @Endpoint('requestCode')
  async requestCode(@Input() { body }: InputOf<'requestCode'>): Promise<AnswerOf<'requestCode'>> {
    await this.requestSignInCode.run(body.phone);
    return { done: true };
  }

  @Endpoint('signOut')
  async signOut(@Req() request: FastifyRequest, @Res({ passthrough: true }) reply: FastifyReply): Promise<AnswerOf<'signOut'>> {
    await this.sessions.end(carriedToken(request, this.isSecure)?.token ?? '');
    this.forget(reply);
    return { done: true };
  }

  @Endpoint('signOutEverywhere')
  async signOutEverywhere(
    @Caller() caller: Actor,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<AnswerOf<'signOutEverywhere'>> {
    await this.sessions.endAll(caller.personId);
    this.forget(reply);
    return { done: true };
  }

  private get isSecure(): boolean {
    return this.options.origin.startsWith('https:');
  }

  private async welcome({ token, actor }: SignedIn, reply: FastifyReply): Promise<AnswerOf<'signIn'>> {
    const member = await this.ownMember.run(actor);
    reply.setCookie(cookieName(this.isSecure), token, {
      path: '/',
      httpOnly: true,
      sameSite: 'lax',
      secure: this.isSecure,
      maxAge: sessionDays * 86_400,
    });
    return { token, member, roles: actor.roles.map(({ role, bankId }) => ({ role, bankId })) };
  }

  private forget(reply: FastifyReply): void {
    reply.clearCookie(cookieName(this.isSecure), { path: '/', httpOnly: true, sameSite: 'lax', secure: this.isSecure });
  }
}
