import { type CallHandler, type ExecutionContext, Inject, Injectable, type NestInterceptor } from '@nestjs/common';
import type { Actor } from '@timebank/access';
import { refuse, routes } from '@timebank/contract';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { finalize, type Observable } from 'rxjs';
import { APP_OPTIONS, type AppOptions } from '../app.options';
import { CostlyTurns } from './costly-turns';
import { routeOf } from './endpoint';
import { limits } from './limits';
import { isGone, whenOver } from './when-over';

/** Where rate limits are off, only the process' own limit counts: persons are counted with everything else. */
const uncounted = {
  costlyWaiting: Infinity,
  costlyOfPersonAtOnce: Infinity,
  costlyOfPersonInHand: Infinity,
  costlyOfPersonAMinute: Infinity,
};

/** One budget for every answer that the route table calls costly, so that one person's files and reports do not keep the others waiting. */
@Injectable()
export class CostlyInterceptor implements NestInterceptor {
  private readonly turns: CostlyTurns;

  constructor(@Inject(APP_OPTIONS) { config, limits: given }: AppOptions) {
    this.turns = new CostlyTurns({ ...limits, ...given, ...(config.rateLimit ? {} : uncounted) });
  }

  async intercept(context: ExecutionContext, next: CallHandler): Promise<Observable<unknown>> {
    const name = routeOf(context);
    if (name === undefined || !routes[name].costly) return next.handle();
    const http = context.switchToHttp();
    const request = http.getRequest<FastifyRequest & { actor?: Actor | null }>();
    const turn = await this.turns.take(request.actor?.personId ?? request.ip);
    // A streamed file counts until the caller has it, but does not keep others from being made. Work goes on when the caller has left.
    whenOver(request, http.getResponse<FastifyReply>(), turn.over);
    if (isGone(request)) {
      turn.worked();
      throw refuse('request/too_many', { retryAfterSeconds: 1 });
    }
    return next.handle().pipe(finalize(turn.worked));
  }
}
