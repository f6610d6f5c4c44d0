import { type CallHandler, type ExecutionContext, Injectable, type NestInterceptor } from '@nestjs/common';
import { isAccepted, isWaiting, routes, type Stored } from '@timebank/contract';
import type { FastifyReply } from 'fastify';
import { map, type Observable } from 'rxjs';
import { routeOf } from './endpoint';

/** Sets the route's status and lets nothing out that its answer message does not name. */
@Injectable()
export class AnswerInterceptor implements NestInterceptor {
  intercept(context: ExecutionContext, next: CallHandler): Observable<unknown> {
    const name = routeOf(context);
    if (name === undefined) return next.handle();
    const route = routes[name];
    const reply = context.switchToHttp().getResponse<FastifyReply>();
    return next.handle().pipe(
      map((answer: unknown) => {
        if (route.waiting && (isWaiting(answer) || isAccepted(answer))) {
          reply.status(202);
          return route.waiting.parse(isAccepted(answer) ? answer.accepted : answer);
        }
        if (route.kind !== 'put') reply.status(route.kind === 'create' ? 201 : 200);
        else reply.status((answer as Stored<unknown>).first ? 201 : 200);
        const value = route.kind === 'put' ? (answer as Stored<unknown>).value : answer;
        return route.answer === null ? value : route.answer.parse(value);
      }),
    );
  }
}
