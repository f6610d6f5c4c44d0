import { Inject, Injectable } from '@nestjs/common';
import { refuse } from '@timebank/contract';
import { ACCESS_OPTIONS, type AccessOptions, isSecure } from '../access.options';
import type { Actor } from '../actor.rules';
import { type Carrier, carriedToken, isForeign } from '../session-token.rules';
import { Sessions } from './sessions';

/**
 * Whose bearer token or cookie it is; null when nobody is signed in. A text that is not shaped like a token is nobody's, without a question to the
 * database. Refuses `access/not_allowed` for a cookie that another site's page sends.
 */
@Injectable()
export class WhoCalls {
  constructor(
    private readonly sessions: Sessions,
    @Inject(ACCESS_OPTIONS) private readonly options: AccessOptions,
  ) {}

  /** What the caller sends that looks like a token, without looking it up: the same token means the same caller. */
  tokenOf(request: Carrier): string | null {
    return carriedToken(request, isSecure(this.options))?.token ?? null;
  }

  async run(request: Carrier): Promise<Actor | null> {
    const carried = carriedToken(request, isSecure(this.options));
    if (carried === null) return null;
    if (carried.fromCookie && isForeign(request, this.options.origin)) throw refuse('access/not_allowed');
    return this.sessions.actor(carried.token);
  }
}
