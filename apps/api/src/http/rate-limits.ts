import rateLimit from '@fastify/rate-limit';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { refuse } from '@timebank/contract';
import type { FastifyRequest } from 'fastify';
import type { AppOptions } from '../app.options';

const minute = 60_000;

/**
 * What strangers may call and what costs more than a look: 60 sign-ins and 600 searches per address a minute, in real time.
 * An IPv6 address counts with its whole /64. Failed sign-ins per phone are counted in the database by access.
 */
export async function limitAddresses(app: NestFastifyApplication, options: AppOptions): Promise<void> {
  if (!options.config.rateLimit) return;
  await app.register(rateLimit, {
    global: false,
    timeWindow: minute,
    errorResponseBuilder: (_request, context) => refuse('request/too_many', { retryAfterSeconds: Math.ceil(context.ttl / 1000) }),
  });
  const server = app.getHttpAdapter().getInstance();
  const [signIn, search] = [server.rateLimit({ max: 60 }), server.rateLimit({ max: 600 })];
  const limits = new Map([
    ['POST /api/sessions', signIn],
    ['POST /api/sessions/codes', signIn],
    ['POST /api/sessions/by-code', signIn],
    ['GET /api/documents/search', search],
  ]);
  // By the route that was met, not by the address as written: that may be escaped in many ways.
  const limitOf = ({ method, routeOptions }: FastifyRequest) => limits.get(`${method === 'HEAD' ? 'GET' : method} ${routeOptions.url}`);
  server.addHook('onRequest', async (request, reply) => {
    await limitOf(request)?.call(server, request, reply);
  });
}
