import rateLimit from '@fastify/rate-limit';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { networkOf } from '@timebank/access';
import { refuse, type RouteName } from '@timebank/contract';
import type { AppOptions } from '../app.options';
import { routeMet } from './route-met';

const minute = 60_000;

/** Failed sign-ins of an address in a minute. Beyond that somebody is guessing over many phones. */
const mostFailures = 60;
/** A whole station behind one address signs in in the morning: right ones are not counted, but all of them cost work. */
const mostSignIns = 600;
/** A whole hospital tells from one address, and nobody types quicker than that. */
const mostTold = 10;
const signInRoutes: readonly RouteName[] = ['signIn', 'requestCode', 'signInByCode', 'resetPassword'];
const failed = new Set([400, 401]);

/** How many sign-ins of each address failed within the last whole minute; forgotten with it. */
class Failures {
  private since = 0;
  private counts = new Map<string, number>();

  of(address: string): number {
    this.renew();
    return this.counts.get(address) ?? 0;
  }

  add(address: string): void {
    this.renew();
    this.counts.set(address, (this.counts.get(address) ?? 0) + 1);
  }

  get secondsLeft(): number {
    return Math.max(1, Math.ceil((this.since + minute - Date.now()) / 1000));
  }

  private renew(): void {
    if (Date.now() - this.since < minute) return;
    this.since = Date.now();
    this.counts = new Map();
  }
}

/**
 * What strangers may call and what costs more than a look, per address and minute of real time: 60 sign-ins that fail (600 in all), 600
 * searches and 10 tellings of an elder. An IPv6 address counts with its whole /64. Failed sign-ins per phone are counted in the database by access.
 */
export async function limitAddresses(app: NestFastifyApplication, options: AppOptions): Promise<void> {
  if (!options.config.rateLimit) return;
  await app.register(rateLimit, {
    global: false,
    timeWindow: minute,
    errorResponseBuilder: (_request, context) => refuse('request/too_many', { retryAfterSeconds: Math.ceil(context.ttl / 1000) }),
  });
  const server = app.getHttpAdapter().getInstance();
  const [signIn, search, tell] = [
    server.rateLimit({ max: mostSignIns }),
    server.rateLimit({ max: 600 }),
    server.rateLimit({ max: mostTold }),
  ];
  const limits = new Map<RouteName | undefined, typeof signIn>([
    ...signInRoutes.map((name) => [name, signIn] as const),
    ['searchDocuments', search],
    ['putFinding', tell],
  ]);
  const failures = new Failures();
  const isSignIn = (name: RouteName | undefined) => name !== undefined && signInRoutes.includes(name);
  server.addHook('onRequest', async (request, reply) => {
    const name = routeMet(request)?.name;
    if (isSignIn(name) && failures.of(networkOf(request.ip)) >= mostFailures)
      throw refuse('request/too_many', { retryAfterSeconds: failures.secondsLeft });
    await limits.get(name)?.call(server, request, reply);
  });
  server.addHook('onResponse', async (request, reply) => {
    if (isSignIn(routeMet(request)?.name) && failed.has(reply.statusCode)) failures.add(networkOf(request.ip));
  });
}
