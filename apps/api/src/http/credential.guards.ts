import { type ExecutionContext, Injectable } from '@nestjs/common';
import { AuthGuard } from '@nestjs/passport';
import { routes } from '@timebank/contract';
import type { FastifyRequest } from 'fastify';
import { routeOf } from './endpoint';
import { parseInput } from './parse-input';

/** Parses the credentials before passport sees them, so that a malformed sign-in is 400 and no failed attempt. */
function readCredentials(context: ExecutionContext): void {
  const name = routeOf(context);
  if (name === undefined) throw new Error('a credential guard needs Endpoint()');
  const request = context.switchToHttp().getRequest<FastifyRequest & { credentials?: unknown }>();
  request.credentials = parseInput(routes[name], request).body;
}

/** Passport's 'password'; leaves what was signed in on `request.user`. */
@Injectable()
export class PasswordGuard extends AuthGuard('password') {
  override async canActivate(context: ExecutionContext): Promise<boolean> {
    readCredentials(context);
    return (await super.canActivate(context)) as boolean;
  }
}

/** Passport's 'code'; leaves what was signed in on `request.user`. */
@Injectable()
export class CodeGuard extends AuthGuard('code') {
  override async canActivate(context: ExecutionContext): Promise<boolean> {
    readCredentials(context);
    return (await super.canActivate(context)) as boolean;
  }
}
