import { Injectable } from '@nestjs/common';
import { PassportStrategy } from '@nestjs/passport';
import CustomStrategy from 'passport-custom';
import type { Actor } from '../actor.rules';
import type { Carrier } from '../session-token.rules';
import { WhoCalls } from './who-calls';

/** Passport's 'session': turns a bearer token or the browser's cookie into an actor; null when nobody is signed in. */
@Injectable()
export class SessionStrategy extends PassportStrategy(CustomStrategy, 'session') {
  constructor(private readonly whoCalls: WhoCalls) {
    super();
  }

  /** The door has often asked already, before it read the body; then we do not ask again. */
  async validate(request: Carrier & { actor?: Actor | null }): Promise<Actor | null> {
    return request.actor === undefined ? this.whoCalls.run(request) : request.actor;
  }
}
