import { type ArgumentsHost, Catch, type ExceptionFilter, HttpException } from '@nestjs/common';
import { refusals, type RefusalCode } from '@timebank/contract';
import { Refusal } from '@timebank/kernel';
import type { FastifyReply, FastifyRequest } from 'fastify';

const byStatus: Record<number, RefusalCode> = {
  404: 'request/not_found',
  408: 'request/too_slow',
  413: 'request/too_large',
  415: 'request/unsupported_type',
  429: 'request/too_many',
  503: 'service/unavailable',
};

const newsMilliseconds = 10_000;

function refusalOf(error: unknown): Refusal {
  if (error instanceof Refusal) return error;
  const status = error instanceof HttpException ? error.getStatus() : (error as { statusCode?: number }).statusCode;
  if (status === undefined || status >= 500) return new Refusal(status === 503 ? 'service/unavailable' : 'service/fault');
  return new Refusal(byStatus[status] ?? 'request/malformed');
}

/** What the log keeps of a fault: Postgres's `detail` would repeat the row, names and phones included. */
function described(error: unknown): Record<string, unknown> {
  if (!(error instanceof Error)) return { message: String(error) };
  const { name, message, stack, code, constraint } = error as Error & { code?: string; constraint?: string };
  return { name, message, stack, code, constraint };
}

/** Every error leaves as a code with parameters. A fault is logged and answered without a word about it. */
@Catch()
export class RefusalFilter implements ExceptionFilter {
  private readonly told = new Map<string, number>();

  catch(error: unknown, host: ArgumentsHost): void {
    const reply = host.switchToHttp().getResponse<FastifyReply>();
    const request = host.switchToHttp().getRequest<FastifyRequest>();
    const refusal = refusalOf(error);
    const status = refusals[refusal.code as RefusalCode] ?? 500;
    if (status === 500) request.log.error({ fault: described(error) }, 'fault');
    const { reason } = refusal.parameters;
    if (status === 503 && typeof reason === 'string' && this.isNews(reason)) request.log.error({ event: 'outage', reason }, 'outage');
    const retryAfter = refusal.parameters['retryAfterSeconds'] ?? (status === 503 ? 2 : undefined);
    if (retryAfter !== undefined) void reply.header('retry-after', String(retryAfter));
    // Fastify would cut the connection under a client that still sends, who then never reads why; `guardBodies` lets the rest run out.
    void reply.removeHeader('connection');
    void reply
      .status(status)
      .header('cache-control', 'no-store')
      .send({ code: refusal.code, parameters: refusal.parameters, ...(refusal.path ? { path: refusal.path } : {}) });
  }

  /** A full disk is met by every call: once in a while is enough for the log. */
  private isNews(reason: string): boolean {
    const now = performance.now();
    if (now - (this.told.get(reason) ?? -Infinity) < newsMilliseconds) return false;
    this.told.set(reason, now);
    return true;
  }
}
