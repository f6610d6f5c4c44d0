import { createHash } from 'node:crypto';
import { type CallHandler, type ExecutionContext, Injectable, type NestInterceptor } from '@nestjs/common';
import { routes } from '@timebank/contract';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { map, type Observable } from 'rxjs';
import { routeOf } from './endpoint';

/** Whether an If-None-Match header names a tag, weak or strong (RFC 9110, 13.1.2). */
const names = (header: string | undefined, tag: string) =>
  (header ?? '').split(',').some((given) => ['*', tag, tag.slice(2)].includes(given.trim()));

/** Answers that are the same for everyone carry an ETag and may be kept a while; a caller with the same copy gets 304. */
@Injectable()
export class KeptCopies implements NestInterceptor {
  intercept(context: ExecutionContext, next: CallHandler): Observable<unknown> {
    const name = routeOf(context);
    const seconds = name === undefined ? null : routes[name].cacheSeconds;
    if (seconds === null) return next.handle();
    const { headers } = context.switchToHttp().getRequest<FastifyRequest>();
    const reply = context.switchToHttp().getResponse<FastifyReply>();
    return next.handle().pipe(
      map((answer: unknown) => {
        const text = JSON.stringify(answer);
        // A weak one: the same content travels in several forms, plain or compressed (RFC 9110, 8.8.3).
        const tag = `W/"${createHash('sha256').update(text).digest('base64url')}"`;
        void reply.header('cache-control', `public, max-age=${seconds}`).header('etag', tag);
        if (names(headers['if-none-match'], tag)) {
          void reply.status(304);
          return undefined;
        }
        void reply.type('application/json; charset=utf-8');
        return text;
      }),
    );
  }
}
