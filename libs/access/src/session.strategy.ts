import { Injectable } from '@nestjs/common';
import { PassportStrategy } from '@nestjs/passport';
import CustomStrategy from 'passport-custom';
import type { Actor } from './actor.rules';
import type { Carrier } from './session-token.rules';
import { WhoCalls } from './who-calls';

/** Passport's 'session': a bearer token or the browser's cookie becomes an actor; null when nobody is signed in. */
@Injectable()
export class SessionStrategy extends PassportStrategy(CustomStrategy, 'session') {
  constructor(private readonly whoCalls: WhoCalls) {
    super();
  }

  /** The door has often asked already, before it read the body; then nobody is asked twice. */
  async validate(request: Carrier & { actor?: Actor | null }): Promise<Actor | null> {
    return request.actor === undefined ? this.whoCalls.run(request) : request.actor;
  }
}
