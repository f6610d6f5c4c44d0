import { type CallHandler, type ExecutionContext, Injectable, type NestInterceptor } from '@nestjs/common';
import { type Actor, actsAs } from '@timebank/access';
import { reasonCode, routes } from '@timebank/contract';
import { workAs } from '@timebank/database';
import type { FastifyRequest } from 'fastify';
import { Observable } from 'rxjs';
import { routeOf } from './endpoint';

type GuardedRequest = FastifyRequest & { actor?: Actor | null };

/** Says for the audit trail who calls, as what, for whom, from which sign-in, by which route and for which reason. */
@Injectable()
export class WhoInterceptor implements NestInterceptor {
  intercept(context: ExecutionContext, next: CallHandler): Observable<unknown> {
    const name = routeOf(context);
    if (name === undefined) return next.handle();
    const { actor, params, body } = context.switchToHttp().getRequest<GuardedRequest>();
    const bankId = (params as { bankId?: string }).bankId?.toLowerCase() ?? null;
    // Read before the message is: what is no code is a text, which may name people and has no place in what is kept for ever.
    const reason = reasonCode.safeParse((body as Record<string, unknown> | null | undefined)?.[routes[name].reasonField]);
    const who = {
      work: name,
      actorId: actor?.personId,
      role: (actor && actsAs(actor, routes[name].permission, bankId)) ?? undefined,
      forId: actor?.standsFor,
      sessionId: actor?.sessionId,
      reasonCode: reason.data,
    };
    return new Observable((subscriber) => workAs(who, () => next.handle().subscribe(subscriber)));
  }
}
