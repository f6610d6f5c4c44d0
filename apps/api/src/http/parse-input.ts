import { refuse, type RouteDefinition } from '@timebank/contract';
import type { FastifyRequest } from 'fastify';
import type { z } from 'zod';

function parsePart(schema: z.ZodType, value: unknown, part: 'params' | 'query' | 'body'): unknown {
  const parsed = schema.safeParse(value);
  if (parsed.success) return parsed.data;
  const issue = parsed.error.issues[0];
  const keys = issue?.code === 'unrecognized_keys' ? issue.keys.slice(0, 1) : [];
  const path = [part, ...(issue?.path ?? []), ...keys].map(String).join('.').slice(0, 200);
  throw refuse('request/malformed', { problem: issue?.code === 'custom' ? issue.message : (issue?.code ?? 'invalid') }, path);
}

/** Parses every part of a request by its route. Unknown fields are refused, as are a body or a query where there is none. */
export function parseInput(route: RouteDefinition, request: FastifyRequest): { params: unknown; query: unknown; body: unknown } {
  const params = parsePart(route.params, request.params, 'params');
  const query = route.query ? parsePart(route.query, request.query, 'query') : undefined;
  const body = route.body ? parsePart(route.body, request.body ?? undefined, 'body') : undefined;
  return { params, query, body };
}
