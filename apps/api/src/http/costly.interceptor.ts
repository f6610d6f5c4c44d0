import { type CallHandler, type ExecutionContext, Inject, Injectable, type NestInterceptor } from '@nestjs/common';
import type { Actor } from '@timebank/access';
import { refuse, routes } from '@timebank/contract';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { finalize, type Observable } from 'rxjs';
import { APP_OPTIONS, type AppOptions } from '../app.options';
import { CostlyTurns } from './costly-turns';
import { routeOf } from './endpoint';
import { limits } from './limits';

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
    const { actor, ip } = context.switchToHttp().getRequest<FastifyRequest & { actor?: Actor | null }>();
    const { raw } = context.switchToHttp().getResponse<FastifyReply>();
    const turn = await this.turns.take(actor?.personId ?? ip);
    // A streamed file counts until the caller has it, but does not keep others from being made.
    raw.once('close', turn.over);
    if (raw.destroyed) {
      turn.over();
      throw refuse('request/too_many', { retryAfterSeconds: 1 });
    }
    return next.handle().pipe(finalize(turn.worked));
  }
}
