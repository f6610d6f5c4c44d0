import { promisify } from 'node:util';
import { brotliCompress, constants, gzip } from 'node:zlib';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { acceptedEncoding } from './encodings.rules';
import { routeMet } from './route-met';

/** Below this a packet holds the answer anyway, and the smallest of them would grow. */
const leastBytes = 1_024;
/** Fast levels: answers are made for one caller and once. */
const compressed = {
  br: (bytes: Buffer) =>
    promisify(brotliCompress)(bytes, { params: { [constants.BROTLI_PARAM_QUALITY]: 4, [constants.BROTLI_PARAM_SIZE_HINT]: bytes.length } }),
  gzip: (bytes: Buffer) => promisify(gzip)(bytes, { level: 6 }),
};

/** PDF, XLSX, PNG and the like are compressed already. */
const compressible = /^(?:application\/(?:json|[\w.-]+\+json|xml)|text\/|image\/svg\+xml)/;

/**
 * Answers with a secret in them are never compressed. The length of a compressed answer reveals what repeats in it: somebody who can make a browser
 * send text of their choice, and watches the lengths, can read a token out of an answer that repeats both (BREACH, Gluck, Harris and Prado 2013).
 * Anything that sets a cookie is left alone too, in case the table forgets a route that starts a session.
 */
function holdsSecret(request: FastifyRequest, reply: FastifyReply): boolean {
  return reply.hasHeader('set-cookie') || (routeMet(request)?.secret ?? false);
}

function vary(reply: FastifyReply): void {
  const named = String(reply.getHeader('vary') ?? '');
  if (!/(^|,)\s*(\*|accept-encoding)\s*(,|$)/i.test(named))
    void reply.header('vary', named === '' ? 'accept-encoding' : `${named}, accept-encoding`);
}

/**
 * Compresses whole answers of the API, from a kibibyte on, as the caller accepts it. Not streams, parts (Range) or what the build compressed. In
 * Node's own threads: nobody waits for another's answer.
 */
export function compressAnswers(app: NestFastifyApplication): void {
  app
    .getHttpAdapter()
    .getInstance()
    .addHook('onSend', async (request: FastifyRequest, reply: FastifyReply, payload: unknown) => {
      if (typeof payload !== 'string' && !Buffer.isBuffer(payload)) return payload;
      if (reply.hasHeader('content-encoding') || reply.hasHeader('content-range')) return payload;
      if (!compressible.test(String(reply.getHeader('content-type') ?? '')) || holdsSecret(request, reply)) return payload;
      vary(reply);
      const bytes = Buffer.isBuffer(payload) ? payload : Buffer.from(payload);
      const encoding = acceptedEncoding(request.headers['accept-encoding']);
      if (encoding === null || bytes.length < leastBytes) return payload;
      const smaller = await compressed[encoding](bytes);
      void reply.header('content-encoding', encoding).removeHeader('content-length');
      return smaller;
    });
}
