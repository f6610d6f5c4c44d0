import { once } from 'node:events';
import { connect, type Socket } from 'node:net';

// For specs: calls that no client of good will makes, written byte by byte.

export type RawAnswer = { status: number; head: string; body: { code?: string; parameters?: Record<string, unknown> } | null };

/** A connection that has said something and is not over. */
export async function openRaw(port: number, said = ''): Promise<Socket> {
  const socket = connect({ port, host: '127.0.0.1', allowHalfOpen: true });
  socket.on('error', () => undefined);
  await once(socket, 'connect');
  if (said !== '') socket.write(said);
  return socket;
}

function read(said: string): RawAnswer | null {
  const [head = '', body = ''] = said.split('\r\n\r\n');
  const status = Number(/^HTTP\/1\.1 (\d+)/.exec(head)?.[1] ?? 0);
  if (status === 0) return null;
  return { status, head, body: body.startsWith('{') ? (JSON.parse(body) as RawAnswer['body']) : null };
}

/** What comes until the server ends the connection, also by a reset; null when it says nothing. */
export async function answerOf(socket: Socket): Promise<RawAnswer | null> {
  let heard = '';
  try {
    for await (const chunk of socket) heard += String(chunk);
  } catch {
    // What was heard before the reset counts.
  }
  return read(heard);
}

/** Says something on a connection of its own and gives back the first answer, without ever ending what was begun. */
export async function sayRaw(port: number, said: string): Promise<RawAnswer> {
  const socket = await openRaw(port, said);
  let heard = '';
  for await (const chunk of socket) {
    heard += String(chunk);
    const length = Number(/content-length: *(\d+)/i.exec(heard)?.[1] ?? 0);
    const bodyAt = heard.indexOf('\r\n\r\n');
    if (bodyAt > 0 && Buffer.byteLength(heard.slice(bodyAt + 4)) >= length) break;
  }
  socket.destroy();
  const answer = read(heard);
  if (answer === null) throw new Error(`no answer to ${said.slice(0, 80)}`);
  return answer;
}

/** Lines of a request's head. */
export const headOf = (line: string, headers: Record<string, string | number> = {}): string =>
  `${[`${line} HTTP/1.1`, 'Host: localhost', ...Object.entries(headers).map(([name, value]) => `${name}: ${value}`)].join('\r\n')}\r\n\r\n`;
