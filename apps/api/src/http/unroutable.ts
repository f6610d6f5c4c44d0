import { refusals } from '@timebank/contract';
import type { FastifyReply, FastifyRequest } from 'fastify';

/** Whether somebody looks at this address in a browser; API calls get a refusal in their own form. */
export const wantsPage = ({ url, headers }: Pick<FastifyRequest, 'url' | 'headers'>) =>
  !url.startsWith('/api/') && /\btext\/html\b/.test(headers.accept ?? '');

/**
 * An address with a broken escape, or with a part past every length, which no route can take: Fastify would answer in its own words. Somebody in a
 * browser goes on to the page of a wrong address, which speaks their language.
 */
export function refuseUnroutable(_error: Error, request: FastifyRequest, reply: FastifyReply): void {
  void reply.header('cache-control', 'no-store');
  if (request.method === 'GET' && wantsPage(request)) {
    void reply.redirect(request.url.startsWith('/console/') ? '/console/wrong-address' : '/wrong-address', 303);
    return;
  }
  const refusal = { code: 'request/malformed', parameters: { problem: 'address' } } as const;
  void reply.status(refusals[refusal.code]).send(refusal);
}
