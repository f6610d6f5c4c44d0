import { once } from 'node:events';
import { createServer } from 'node:net';
import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { oneWriteSocket } from './one-write-socket';

const server = createServer((socket) => socket.pipe(socket));
beforeAll(async () => {
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
});
afterAll(() => {
  server.close();
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
