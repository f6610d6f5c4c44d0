import { setTimeout as wait } from 'node:timers/promises';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { type Actor, networkOf, WhoCalls } from '@timebank/access';
import type { FastifyRequest } from 'fastify';
import type { AppOptions } from '../app.options';
import { CallerTurns } from './caller-turns';
import type { Limits } from './limits';
import { RefusalPace } from './refusal-pace';
import { routeMet } from './route-met';
import { isGone, whenOver } from './when-over';

/**
 * One caller's burst must not keep the others waiting. Each sign-in has a few calls at once; the rest wait for their turn. Refusals faster than any
 * person works are answered slowly. The same token means the same caller; nobody is looked up for that. A caller without a token is an address. Many
 * people may share it, so only its refusals are slowed.
 */
export function shareFairly(app: NestFastifyApplication, { config }: AppOptions, limits: Limits): void {
  if (!config.rateLimit) return;
  const [fastify, whoCalls] = [app.getHttpAdapter().getInstance(), app.get(WhoCalls, { strict: false })];
  const [turns, pace] = [new CallerTurns(limits), new RefusalPace(limits)];
  // A burst arrives all at once. Refused one by one, the others' calls come in between.
  const paceOfExcess = new RefusalPace({ ...limits, refusalsAtOnce: 1 });
  const ends = new WeakMap<FastifyRequest, () => void>();
  const [paced, begun] = [new WeakSet<FastifyRequest>(), new WeakSet<FastifyRequest>()];
  fastify.addHook('onRequest', async (request, reply) => {
    const [route, token] = [routeMet(request), whoCalls.tokenOf(request)];
    if (route === undefined || token === null) return;
    const { costly } = route;
    const end = await turns
      .take(token, costly, (leave) => whenOver(request, reply, leave))
      .catch(async (refusal: unknown) => {
        paced.add(request);
        if (!isGone(request)) await wait(paceOfExcess.next(token));
        throw refusal;
      });
    ends.set(request, end);
    // Work that has begun goes on when its caller leaves, and keeps the turn until it is done.
    whenOver(request, reply, () => {
      if (costly || !begun.has(request)) end();
    });
  });
  fastify.addHook('preHandler', async (request) => {
    begun.add(request);
  });
  fastify.addHook('onSend', async (request: FastifyRequest & { actor?: Actor | null }, { statusCode }) => {
    if (!routeMet(request)?.costly) ends.get(request)?.();
    if (statusCode < 400 || statusCode >= 500 || paced.has(request) || isGone(request)) return;
    const milliseconds = pace.next(request.actor?.personId ?? networkOf(request.ip));
    if (milliseconds > 0) await wait(milliseconds);
  });
}
