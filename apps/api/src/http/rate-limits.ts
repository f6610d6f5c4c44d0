import rateLimit from '@fastify/rate-limit';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { refuse, type RouteName } from '@timebank/contract';
import type { AppOptions } from '../app.options';
import { routeMet } from './route-met';

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
  const limits = new Map<RouteName | undefined, typeof signIn>([
    ['signIn', signIn],
    ['requestCode', signIn],
    ['signInByCode', signIn],
    ['searchDocuments', search],
  ]);
  server.addHook('onRequest', async (request, reply) => {
    await limits.get(routeMet(request)?.name)?.call(server, request, reply);
  });
}
