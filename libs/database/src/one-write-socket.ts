import { Socket } from 'node:net';

type Chunk = { chunk: Buffer; encoding: BufferEncoding };

/**
 * A socket for `pg` that sends what was corked as one buffer. A prepared statement is five small messages, and gathering them in
 * the kernel (`writev`) was seen to cost more than twice a plain write: half of the time that a scan took in this process.
 */
export function oneWriteSocket(): Socket {
  const socket = new Socket();
  const write = socket._write.bind(socket);
  socket._writev = (chunks: Chunk[], done) => write(Buffer.concat(chunks.map(({ chunk }) => chunk)), 'buffer' as BufferEncoding, done);
  return socket;
}
