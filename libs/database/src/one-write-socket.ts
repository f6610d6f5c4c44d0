import { Socket } from 'node:net';

type Chunk = { chunk: Buffer; encoding: BufferEncoding };

/**
 * A socket for `pg` that sends what one turn of the event loop writes as one buffer: a prepared statement is five small messages,
 * and statements that need not wait for each other come together. Gathering them in the kernel (`writev`) was seen to cost more
 * than twice a plain write, and writes were half of the time that a scan took in this process.
 */
export function oneWriteSocket(): Socket {
  const socket = new Socket();
  const send = socket._write.bind(socket);
  socket._writev = (chunks: Chunk[], done) => send(Buffer.concat(chunks.map(({ chunk }) => chunk)), 'buffer' as BufferEncoding, done);
  const write = socket.write.bind(socket) as (...values: unknown[]) => boolean;
  let gathering = false;
  socket.write = (...values: unknown[]) => {
    if (!gathering) {
      gathering = true;
      socket.cork();
      process.nextTick(() => {
        gathering = false;
        socket.uncork();
      });
    }
    return write(...values);
  };
  return socket;
}
