import { once } from 'node:events';
import { createServer } from 'node:net';
import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { oneWriteSocket } from './one-write-socket';

let arrivals = 0;
const server = createServer((socket) => {
  socket.on('data', () => (arrivals += 1));
  socket.pipe(socket);
});
beforeAll(async () => {
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
});
afterAll(() => {
  server.close();
});

it('sends at once what one turn of the event loop writes, corked or not', async () => {
  const socket = oneWriteSocket();
  socket.connect((server.address() as { port: number }).port, '127.0.0.1');
  await once(socket, 'connect');
  arrivals = 0;
  await Promise.resolve();
  socket.write('begin ');
  for (const text of ['first ', 'second ']) {
    socket.cork();
    socket.write(text);
    socket.uncork();
  }
  await Promise.resolve().then(() => socket.write('commit'));
  const [received] = (await once(socket, 'data')) as [Buffer];
  expect([received.toString(), arrivals]).toEqual(['begin first second commit', 1]);
  socket.destroy();
});

it('sends what was corked whole and in order, also before it is connected', async () => {
  const socket = oneWriteSocket();
  const chunks = Array.from({ length: 500 }, (_, index) => Buffer.alloc(index % 97, index % 256));
  socket.connect((server.address() as { port: number }).port, '127.0.0.1');
  for (let from = 0; from < chunks.length; from += 5) {
    socket.cork();
    for (const chunk of chunks.slice(from, from + 5)) socket.write(chunk);
    socket.uncork();
  }
  socket.end();
  const received: Buffer[] = [];
  for await (const data of socket) received.push(data as Buffer);
  expect(Buffer.concat(received).equals(Buffer.concat(chunks))).toBe(true);
});
