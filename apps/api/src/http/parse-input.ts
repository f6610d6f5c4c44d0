import { refuse, type RouteDefinition } from '@timebank/contract';
import type { FastifyRequest } from 'fastify';
import { z } from 'zod';
import { deepest } from './body-text.rules';

/** Where a text has what neither Postgres nor a screen can hold (NUL, half a surrogate pair), or nests too deep; null when all is well. */
function unsoundAt(value: unknown, path: string, depth = 0): { path: string; problem: string } | null {
  if (typeof value === 'string') return value.includes('\u0000') || !value.isWellFormed() ? { path, problem: 'unstorable_text' } : null;
  if (typeof value !== 'object' || value === null) return null;
  if (depth > deepest) return { path, problem: 'too_deep' };
  for (const [key, field] of Object.entries(value)) {
    const found = unsoundAt(key, path) ?? unsoundAt(field, `${path}.${key}`, depth + 1);
    if (found) return found;
  }
  return null;
}

function parsePart(schema: z.ZodType, value: unknown, part: 'params' | 'query' | 'body'): unknown {
  const unsound = unsoundAt(value, part);
  if (unsound) throw refuse('request/malformed', { problem: unsound.problem }, unsound.path.toWellFormed().slice(0, 200));
  const parsed = schema.safeParse(value);
  if (parsed.success) return parsed.data;
  const issue = parsed.error.issues[0];
  const keys = issue?.code === 'unrecognized_keys' ? issue.keys.slice(0, 1) : [];
  const path = [part, ...(issue?.path ?? []), ...keys].map(String).join('.').slice(0, 200);
  throw refuse('request/malformed', { problem: issue?.code === 'custom' ? issue.message : (issue?.code ?? 'invalid') }, path);
}

const noQuery = z.strictObject({});

/** Escapes that are not UTF-8 would come through unchanged, and be searched for. */
function refuseUnreadableQuery({ url }: FastifyRequest): void {
  try {
    decodeURIComponent(url.slice(url.indexOf('?') + 1));
  } catch {
    throw refuse('request/malformed', { problem: 'unreadable_text' }, 'query');
  }
}

/** Parses every part of a request by its route. Unknown fields are refused, as is a query where there is none. */
export function parseInput(route: RouteDefinition, request: FastifyRequest): { params: unknown; query: unknown; body: unknown } {
  refuseUnreadableQuery(request);
  const params = parsePart(route.params, request.params, 'params');
  const query = parsePart(route.query ?? noQuery, request.query, 'query');
  const body = route.body ? parsePart(route.body, request.body ?? undefined, 'body') : undefined;
  return { params, query, body };
}
