import rateLimit from '@fastify/rate-limit';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { refuse } from '@timebank/contract';
import type { FastifyRequest } from 'fastify';
import type { AppOptions } from '../app.options';

const credentialPaths = new Set(['/api/sessions', '/api/sessions/codes', '/api/sessions/by-code']);

/** A caller's address, or the sign-in they carry: signed-in calls are counted each for themselves. */
function isCredential(request: FastifyRequest): boolean {
  return request.method === 'POST' && credentialPaths.has(request.url.split('?')[0] ?? '');
}

/** 60 sign-ins per address a minute, in real time. Failed sign-ins per phone are counted in the database by access. */
export async function limitSignIns(app: NestFastifyApplication, options: AppOptions): Promise<void> {
  if (!options.config.rateLimit) return;
  await app.register(rateLimit, {
    global: true,
    max: 60,
    timeWindow: 60_000,
    allowList: (request: FastifyRequest) => !isCredential(request),
    errorResponseBuilder: (_request, context) => refuse('request/too_many', { retryAfterSeconds: Math.ceil(context.ttl / 1000) }),
  });
}
