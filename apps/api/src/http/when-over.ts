import type { FastifyReply, FastifyRequest } from 'fastify';

/** Whether nobody is there any more to read the answer. */
export const isGone = ({ raw }: FastifyRequest): boolean => raw.socket?.destroyed ?? false;

/**
 * Does `work` once when a call is over: its answer is written, or its connection is gone. Where the connection went while something else was waited
 * for, that was said already and is said to nobody again.
 */
export function whenOver(request: FastifyRequest, reply: FastifyReply, work: () => void): void {
  if (isGone(request)) work();
  else reply.raw.once('close', work);
}
