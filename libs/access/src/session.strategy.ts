import { Inject, Injectable } from '@nestjs/common';
import { PassportStrategy } from '@nestjs/passport';
import { refuse } from '@timebank/contract';
import CustomStrategy from 'passport-custom';
import { ACCESS_OPTIONS, type AccessOptions, isSecure } from './access.options';
import type { Actor } from './actor.rules';
import { type Carrier, carriedToken, isForeign } from './session-token.rules';
import { Sessions } from './sessions';

/** Passport's 'session': a bearer token or the browser's cookie becomes an actor; null when nobody is signed in. */
@Injectable()
export class SessionStrategy extends PassportStrategy(CustomStrategy, 'session') {
  constructor(
    private readonly sessions: Sessions,
    @Inject(ACCESS_OPTIONS) private readonly options: AccessOptions,
  ) {
    super();
  }

  async validate(request: Carrier): Promise<Actor | null> {
    const carried = carriedToken(request, isSecure(this.options));
    if (carried === null) return null;
    if (carried.fromCookie && isForeign(request, this.options.origin)) throw refuse('access/not_allowed');
    return this.sessions.actor(carried.token);
  }
}
