import { refusals } from '@timebank/contract';
import type { FastifyReply, FastifyRequest } from 'fastify';

/** An address with a broken escape, or with a part past every length, which no route can take: Fastify would answer in its own words. */
export function refuseUnroutable(_error: Error, _request: FastifyRequest, reply: FastifyReply): void {
  const refusal = { code: 'request/malformed', parameters: { problem: 'address' } } as const;
  void reply.status(refusals[refusal.code]).header('cache-control', 'no-store').send(refusal);
}
