import { type CallHandler, type ExecutionContext, Injectable, type NestInterceptor } from '@nestjs/common';
import { type Actor, actsAs } from '@timebank/access';
import { routes } from '@timebank/contract';
import { workAs } from '@timebank/database';
import type { FastifyRequest } from 'fastify';
import { Observable } from 'rxjs';
import { routeOf } from './endpoint';

type GuardedRequest = FastifyRequest & { actor?: Actor | null };

/** Reasons are codes; a text may name people and has no place in what is kept for ever. */
const code = /^[a-z][a-z_]{0,39}$/;

/** Says for the audit trail who calls, as what, from which sign-in, by which route and for which reason. */
@Injectable()
export class WhoInterceptor implements NestInterceptor {
  intercept(context: ExecutionContext, next: CallHandler): Observable<unknown> {
    const name = routeOf(context);
    if (name === undefined) return next.handle();
    const { actor, params, body } = context.switchToHttp().getRequest<GuardedRequest>();
    const bankId = (params as { bankId?: string }).bankId?.toLowerCase() ?? null;
    const given = (body as { reasonCode?: unknown } | null | undefined)?.reasonCode;
    const who = {
      work: name,
      actorId: actor?.personId,
      role: (actor && actsAs(actor, routes[name].permission, bankId)) ?? undefined,
      sessionId: actor?.sessionId,
      reasonCode: typeof given === 'string' && code.test(given) ? given : undefined,
    };
    return new Observable((subscriber) => workAs(who, () => next.handle().subscribe(subscriber)));
  }
}
