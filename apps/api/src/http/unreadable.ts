import { STATUS_CODES } from 'node:http';
import type { Socket } from 'node:net';
import { type RefusalCode, refusals } from '@timebank/contract';

const problems: Record<string, { code: RefusalCode; parameters: Record<string, string> }> = {
  ERR_HTTP_REQUEST_TIMEOUT: { code: 'request/too_slow', parameters: {} },
  HPE_HEADER_OVERFLOW: { code: 'request/malformed', parameters: { problem: 'too_big' } },
};
const unreadable = { code: 'request/malformed', parameters: { problem: 'unreadable' } } as const;

/**
 * What arrives too broken, too slowly, or with too long an address to become a request: a refusal like any other, then the end of the connection. If
 * an answer is under way, or nothing was ever asked, only the end.
 */
export function refuseUnreadable(error: Error & { code?: string }, socket: Socket): void {
  const { _httpMessage: answer } = socket as Socket & { _httpMessage?: { headersSent: boolean } | null };
  if (error.code === 'ECONNRESET' || !socket.writable || answer?.headersSent || socket.bytesRead === 0) {
    socket.destroy(error);
    return;
  }
  const { code, parameters } = problems[error.code ?? ''] ?? unreadable;
  const body = JSON.stringify({ code, parameters });
  const head = [
    `HTTP/1.1 ${refusals[code]} ${STATUS_CODES[refusals[code]]}`,
    'content-type: application/json; charset=utf-8',
    `content-length: ${Buffer.byteLength(body)}`,
    'cache-control: no-store',
    'connection: close',
  ];
  socket.end(`${head.join('\r\n')}\r\n\r\n${body}`);
  // A caller that does not take the answer does not keep the connection either.
  const late = setTimeout(() => socket.destroy(), 1_000).unref();
  socket.once('close', () => clearTimeout(late));
}
