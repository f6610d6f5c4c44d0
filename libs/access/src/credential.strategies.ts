import { Injectable } from '@nestjs/common';
import { PassportStrategy } from '@nestjs/passport';
import CustomStrategy from 'passport-custom';
import { SignIn } from './sign-in';
import { SignInByCode } from './sign-in-by-code';
import type { SignedIn } from './sessions';

/** A request whose body the door has parsed before it asks passport. */
export type WithCredentials<Credentials> = { credentials: Credentials };

/** Passport's 'password': phone and password. */
@Injectable()
export class PasswordStrategy extends PassportStrategy(CustomStrategy, 'password') {
  constructor(private readonly signIn: SignIn) {
    super();
  }

  validate(request: WithCredentials<{ phone: string; password: string }>): Promise<SignedIn> {
    return this.signIn.run(request.credentials);
  }
}

/** Passport's 'code': phone and one-time code. */
@Injectable()
export class CodeStrategy extends PassportStrategy(CustomStrategy, 'code') {
  constructor(private readonly signIn: SignInByCode) {
    super();
  }

  validate(request: WithCredentials<{ phone: string; code: string }>): Promise<SignedIn> {
    return this.signIn.run(request.credentials);
  }
}
