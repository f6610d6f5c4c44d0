import { Controller, Inject, Req, Res, UseGuards } from '@nestjs/common';
import {
  type Actor,
  carriedToken,
  cookieName,
  deviceCookieName,
  deviceDays,
  RequestSignInCode,
  sessionDays,
  Sessions,
  type SignedIn,
  sourceOf,
} from '@timebank/access';
import type { AnswerOf, InputOf } from '@timebank/contract';
import { OwnMember, ResetPassword } from '@timebank/members';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { APP_OPTIONS, type AppOptions } from '../../app.options';
import { CodeGuard, PasswordGuard } from '../../http/credential.guards';
import { Caller, Endpoint, Input } from '../../http/endpoint';

type SignedInRequest = FastifyRequest & { user: SignedIn };

/** Signing in and out. Browsers keep the token in a cookie that scripts cannot read, other callers send it as bearer. */
@Controller()
export class AccessController {
  constructor(
    private readonly sessions: Sessions,
    private readonly requestSignInCode: RequestSignInCode,
    private readonly resetPassword: ResetPassword,
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
  async requestCode(@Req() request: FastifyRequest, @Input() { body }: InputOf<'requestCode'>): Promise<AnswerOf<'requestCode'>> {
    const { expiresAt, minutes } = await this.requestSignInCode.run(body.phone, sourceOf(request, this.isSecure));
    return { done: true, expiresAt: expiresAt.toISOString(), minutes };
  }

  @Endpoint('resetPassword')
  async reset(
    @Req() request: FastifyRequest,
    @Input() { body }: InputOf<'resetPassword'>,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<AnswerOf<'resetPassword'>> {
    return this.welcome(await this.resetPassword.run(body, sourceOf(request, this.isSecure)), reply);
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

  private async welcome({ token, device, actor }: SignedIn, reply: FastifyReply): Promise<AnswerOf<'signIn'>> {
    const member = await this.ownMember.run(actor);
    const cookie = { path: '/', httpOnly: true, sameSite: 'lax', secure: this.isSecure } as const;
    reply.setCookie(cookieName(this.isSecure), token, { ...cookie, maxAge: sessionDays * 86_400 });
    reply.setCookie(deviceCookieName(this.isSecure), device, { ...cookie, maxAge: deviceDays * 86_400 });
    return { token, member, roles: actor.roles.map(({ role, bankId }) => ({ role, bankId })) };
  }

  private forget(reply: FastifyReply): void {
    reply.clearCookie(cookieName(this.isSecure), { path: '/', httpOnly: true, sameSite: 'lax', secure: this.isSecure });
  }
}
