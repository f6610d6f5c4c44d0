import { type CanActivate, type ExecutionContext, Injectable } from '@nestjs/common';
import { AuthGuard } from '@nestjs/passport';
import { type Actor, decide } from '@timebank/access';
import { refuse, routes } from '@timebank/contract';
import type { FastifyRequest } from 'fastify';
import { routeOf } from './endpoint';

type Asked = FastifyRequest & { actor?: Actor | null; user?: Actor };

const refusalFor = { sign_in: 'access/not_signed_in', forbidden: 'access/not_allowed', hidden: 'request/not_found' } as const;

/** Asks passport's session strategy who calls, then the permission table whether they may. A handler outside the table is refused. */
@Injectable()
export class AccessGuard extends AuthGuard('session') implements CanActivate {
  override async canActivate(context: ExecutionContext): Promise<boolean> {
    const name = routeOf(context);
    if (name === undefined) throw refuse('request/not_found');
    const request = context.switchToHttp().getRequest<Asked>();
    await super.canActivate(context);
    const { bankId } = request.params as { bankId?: string };
    const decision = decide(request.actor ?? null, routes[name].permission, bankId?.toLowerCase() ?? null);
    if (decision !== 'allowed') throw refuse(refusalFor[decision]);
    return true;
  }

  /** Passport's answer: nobody signed in is not an error here, the permission table decides. */
  override handleRequest<User>(error: unknown, user: User | false, _info: unknown, context: ExecutionContext): User {
    if (error) throw error;
    const actor = user === false ? null : user;
    context.switchToHttp().getRequest<Asked>().actor = actor as Actor | null;
    return actor as User;
  }
}
