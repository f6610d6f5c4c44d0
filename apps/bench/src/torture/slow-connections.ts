import { once } from 'node:events';
import { connect, type Socket } from 'node:net';
import { setTimeout as wait } from 'node:timers/promises';
import { notices } from './thrown-bodies';

/** A connection of a kind that takes its time, and whether the server has ended it. */
type Slow = { socket: Socket; drip: string };

async function openSlow(port: number, kind: number, token: string): Promise<Slow> {
  const socket = connect({ port, host: '127.0.0.1' });
  socket.on('error', () => undefined);
  await Promise.race([once(socket, 'connect'), once(socket, 'close')]);
  socket.resume();
  const head = `POST ${notices} HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\nAuthorization: Bearer ${token}\r\n`;
  const [said, drip] = [
    ['', ''],
    [`${head}Content-Length: 200000\r\n\r\n${' '.repeat(100_000)}`, ''],
    [`${head}Content-Length: 8000\r\n\r\n`, ''],
    [`${head}Content-Length: 200\r\n\r\n`, ' '],
    [`${head}Transfer-Encoding: chunked\r\n\r\n`, '1\r\n \r\n'],
  ][kind % 5] as [string, string];
  if (said) socket.write(said);
  return { socket, drip };
}

/** Opened at once. */
const together = 100;

/** Holds so many connections until the server has ended each; answers how many it kept for longer than the limits say, with patience. */
export async function holdSlow(port: number, count: number, token: string, patienceSeconds: number): Promise<number> {
  const slow: Slow[] = [];
  // Past 511 at once the kernel drops some on its own account, and only this side believes that they are open.
  for (let first = 0; first < count; first += together)
    slow.push(
      ...(await Promise.all(Array.from({ length: Math.min(together, count - first) }, (_, at) => openSlow(port, first + at, token)))),
    );
  const open = () => slow.filter(({ socket }) => !socket.destroyed);
  for (let second = 0; second < patienceSeconds && open().length > 0; second += 1) {
    await wait(1_000);
    if (second % 5 === 0) for (const { socket, drip } of open()) if (drip && socket.writable) socket.write(drip);
  }
  const kept = open().length;
  for (const { socket } of slow) socket.destroy();
  return kept;
}
