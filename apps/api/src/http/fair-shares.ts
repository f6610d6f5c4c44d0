import { setTimeout as wait } from 'node:timers/promises';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { type Actor, networkOf, WhoCalls } from '@timebank/access';
import type { FastifyRequest } from 'fastify';
import { refuse } from '@timebank/contract';
import type { AppOptions } from '../app.options';
import { CallerTurns } from './caller-turns';
import type { Limits } from './limits';
import { RefusalPace } from './refusal-pace';
import { routeMet } from './route-met';

/**
 * No caller's burst keeps the others waiting: each has a few calls at once, and hears of many refusals slowly. Callers are told apart by
 * what they carry, before anybody is looked up; whoever carries nothing, by their address, which may be many people's, and waits for nobody.
 */
export function shareFairly(app: NestFastifyApplication, { config }: AppOptions, limits: Limits): void {
  if (!config.rateLimit) return;
  const [fastify, whoCalls] = [app.getHttpAdapter().getInstance(), app.get(WhoCalls, { strict: false })];
  const [turns, pace] = [new CallerTurns(limits), new RefusalPace(limits)];
  const ends = new WeakMap<FastifyRequest, () => void>();
  fastify.addHook('onRequest', async (request, { raw }) => {
    const [route, token] = [routeMet(request), whoCalls.tokenOf(request)];
    if (route === undefined || token === null) return;
    const end = await turns.take(token, route.costly);
    ends.set(request, end);
    raw.once('close', end);
    if (!raw.destroyed) return;
    end();
    throw refuse('request/too_many', { retryAfterSeconds: 1 });
  });
  fastify.addHook('onSend', async (request: FastifyRequest & { actor?: Actor | null }, { statusCode, raw }) => {
    if (!routeMet(request)?.costly) ends.get(request)?.();
    if (statusCode < 400 || statusCode >= 500) return;
    const milliseconds = pace.next(request.actor?.personId ?? networkOf(request.ip));
    // Nobody is waited for who is gone: the answer would find nobody.
    if (milliseconds > 0 && !raw.destroyed) await wait(milliseconds);
  });
}
