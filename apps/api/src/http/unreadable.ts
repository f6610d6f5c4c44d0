import { STATUS_CODES } from 'node:http';
import type { Socket } from 'node:net';

/** What comes so broken, or with an address so long, that it never becomes a request: a refusal like any other, then the end of the connection. */
export function refuseUnreadable(error: Error & { code?: string }, socket: Socket): void {
  if (error.code === 'ECONNRESET' || !socket.writable) {
    socket.destroy(error);
    return;
  }
  const problem = error.code === 'HPE_HEADER_OVERFLOW' ? 'too_big' : 'unreadable';
  const body = JSON.stringify({ code: 'request/malformed', parameters: { problem } });
  const head = [
    `HTTP/1.1 400 ${STATUS_CODES[400]}`,
    'content-type: application/json; charset=utf-8',
    `content-length: ${Buffer.byteLength(body)}`,
    'cache-control: no-store',
    'connection: close',
  ];
  socket.end(`${head.join('\r\n')}\r\n\r\n${body}`);
}
