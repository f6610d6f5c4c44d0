import { refuse } from '@timebank/contract';
import type { Refusal } from '@timebank/kernel';
import type { FastifyRequest } from 'fastify';

const decoder = new TextDecoder('utf-8', { fatal: true });

/** JSON travels in UTF-8 (RFC 8259) and nothing is guessed: another charset is 415, bytes that are no UTF-8 are 400 instead of `\uFFFD` in a name. */
export function readUtf8({ headers }: FastifyRequest, body: Buffer): string | Refusal {
  const charset = /;\s*charset\s*=\s*"?([^";\s]*)/i.exec(headers['content-type'] ?? '')?.[1];
  if (charset !== undefined && !/^utf-?8$/i.test(charset)) return refuse('request/unsupported_type');
  try {
    return decoder.decode(body);
  } catch {
    return refuse('request/malformed', { problem: 'unreadable_text' }, 'body');
  }
}
