import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { type Actor, WhoCalls } from '@timebank/access';
import { refuse } from '@timebank/contract';
import type { FastifyRequest } from 'fastify';
import { Refusal } from '@timebank/kernel';
import { BodyBudget } from './body-budget';
import { readUtf8 } from './body-bytes';
import { refuseUnless } from './may-call';
import { excessOf } from './body-text.rules';
import type { Limits } from './limits';
import { routeAt, routeMet } from './route-met';
import { whenOver } from './when-over';

/** Outside the table nothing takes a body. */
const nowhere = { bytes: 1_024, values: 10 };

type CallRequest = FastifyRequest & { actor?: Actor | null };

const bankIn = ({ params }: CallRequest): string | null => (params as { bankId?: string } | undefined)?.bankId?.toLowerCase() ?? null;

/** The length that a body declares, in bytes; null for one that comes in pieces and declares none. */
const saidBytes = ({ headers }: FastifyRequest): number | null =>
  headers['transfer-encoding'] === undefined ? Number(headers['content-length'] ?? 0) : null;

/**
 * JSON only: a form or plain text, which any page may send anywhere, is 415. An empty body is none, whatever its declared type. A form with a file is taken
 * where the route table says so, and from no other site's page.
 */
function takeJsonOnly(app: NestFastifyApplication): void {
  const fastify = app.getHttpAdapter().getInstance();
  const parse = fastify.getDefaultJsonParser('error', 'error');
  fastify.removeAllContentTypeParsers();
  fastify.addContentTypeParser<Buffer>('application/json', { parseAs: 'buffer' }, (request, bytes, done) => {
    if (routeMet(request)?.takesFile && bytes.length > 0) return done(refuse('request/unsupported_type'));
    const body = readUtf8(request, bytes);
    if (body instanceof Refusal) return done(body);
    const problem = excessOf(body, (routeMet(request)?.largestBody ?? nowhere).values);
    if (problem !== null) done(refuse('request/malformed', { problem }, 'body'));
    else if (body === '') done(null, undefined);
    else void parse(request, body, done);
  });
  fastify.addContentTypeParser<Buffer>('multipart/form-data', { parseAs: 'buffer' }, (request, bytes, done) => {
    const isOwnPage = ['same-origin', 'none', undefined].includes(request.headers['sec-fetch-site'] as string | undefined);
    if (routeMet(request)?.takesFile && isOwnPage) done(null, bytes);
    else done(refuse('request/unsupported_type'));
  });
}

/**
 * Asks who calls, and how much is coming, before it reads a byte of a body: reading costs memory, and callers who may not call have no claim to it.
 * The guard behind finds the caller on the request.
 */
export function guardBodies(app: NestFastifyApplication, limits: Limits): void {
  const [fastify, whoCalls] = [app.getHttpAdapter().getInstance(), app.get(WhoCalls, { strict: false })];
  const budget = new BodyBudget(limits);
  const ofFiles = new BodyBudget({ bodyBytes: limits.fileBytes, bodyBytesOfStrangers: 0, bodyBytesOfPerson: limits.fileBytesOfPerson });
  takeJsonOnly(app);
  fastify.addHook('onRoute', (route) => {
    const methods = Array.isArray(route.method) ? route.method : [route.method];
    route.bodyLimit = Math.max(...methods.map((method) => (routeAt(method, route.url)?.largestBody ?? nowhere).bytes));
  });
  fastify.addHook('onRequest', async (request: CallRequest) => {
    const route = routeMet(request);
    const bytes = saidBytes(request);
    if (request.raw.httpVersion === '1.1' && request.headers.host === undefined) throw refuse('request/malformed', { problem: 'host' });
    if (route === undefined) {
      if (bytes !== 0) throw refuse('request/not_found');
      return;
    }
    if (route.permission !== 'anyone') {
      request.actor = await whoCalls.run(request);
      if (request.actor === null) throw refuse('access/not_signed_in');
      if (route.takesFile) refuseUnless(request.actor, route.permission, bankIn(request));
    }
    if (bytes !== null && bytes > route.largestBody.bytes) throw refuse('request/too_large', { mostBytes: route.largestBody.bytes });
  });
  fastify.addHook('preParsing', async (request: CallRequest, reply) => {
    const bytes = saidBytes(request) ?? (routeMet(request)?.largestBody ?? nowhere).bytes;
    const held = routeMet(request)?.takesFile ? ofFiles : budget;
    if (bytes > 0) whenOver(request, reply, held.hold(request.actor?.personId ?? null, bytes));
  });
  // A body that nobody reads may run out and is thrown away, but not for ever.
  fastify.addHook('onResponse', async ({ raw }) => {
    if (raw.complete || raw.destroyed) return;
    const late = setTimeout(() => raw.complete || raw.destroy(), limits.lingerMilliseconds).unref();
    raw.once('close', () => clearTimeout(late));
  });
}
