import { Inject, Injectable } from '@nestjs/common';
import { PassportStrategy } from '@nestjs/passport';
import CustomStrategy from 'passport-custom';
import { ACCESS_OPTIONS, type AccessOptions, isSecure } from '../access.options';
import type { Carrier } from '../session-token.rules';
import type { SignedIn } from '../sessions/sessions';
import { SignIn } from './sign-in';
import { SignInByCode } from './sign-in-by-code';
import { sourceOf } from '../sign-in-source.rules';

/** A request whose body the door has parsed before it asks passport. */
export type WithCredentials<Credentials> = Carrier & { ip?: string; credentials: Credentials };

/** Passport's 'password': phone and password. */
@Injectable()
export class PasswordStrategy extends PassportStrategy(CustomStrategy, 'password') {
  constructor(
    private readonly signIn: SignIn,
    @Inject(ACCESS_OPTIONS) private readonly options: AccessOptions,
  ) {
    super();
  }

  validate(request: WithCredentials<{ phone: string; password: string }>): Promise<SignedIn> {
    return this.signIn.run(request.credentials, sourceOf(request, isSecure(this.options)));
  }
}

/** Passport's 'code': phone and one-time code. */
@Injectable()
export class CodeStrategy extends PassportStrategy(CustomStrategy, 'code') {
  constructor(
    private readonly signIn: SignInByCode,
    @Inject(ACCESS_OPTIONS) private readonly options: AccessOptions,
  ) {
    super();
  }

  validate(request: WithCredentials<{ phone: string; code: string }>): Promise<SignedIn> {
    return this.signIn.run(request.credentials, sourceOf(request, isSecure(this.options)));
  }
}
