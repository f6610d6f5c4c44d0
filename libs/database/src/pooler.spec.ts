import { once } from 'node:events';
import { createServer, type AddressInfo, type Server } from 'node:net';
import { afterEach, describe, expect, it } from '@jest/globals';
import { refuseUnfitPooler } from './pooler';

type Mode = 'server' | 'session' | 'transaction' | 'statement' | 'strict';

const int = (value: number, bytes = 4) => {
  const buffer = Buffer.alloc(bytes);
  buffer.writeIntBE(value, 0, bytes);
  return buffer;
};
const message = (kind: string, ...parts: Buffer[]) => {
  const body = Buffer.concat(parts);
  return Buffer.concat([Buffer.from(kind), int(body.length + 4), body]);
};
const text = (value: string) => Buffer.from(`${value}\0`);
const ready = message('Z', Buffer.from('I'));
const done = (tag: string) => message('C', text(tag));
const fault = (said: string) => message('E', text('SERROR'), text('C08P01'), text(`M${said}`), Buffer.from('\0'));
const rowOf = (pid: number) =>
  Buffer.concat([
    message('T', int(1, 2), text('pid'), int(0), int(0, 2), int(23), int(4, 2), int(-1), int(0, 2)),
    message('D', int(1, 2), int(String(pid).length), Buffer.from(String(pid))),
    done('SELECT 1'),
  ]);

/** Speaks as much of Postgres' protocol as two questions need, in the way of a pooler, which names a process of its own making. */
async function speakAs(mode: Mode): Promise<Server> {
  let sessions = 0;
  const server = createServer((socket) => {
    sessions += 1;
    const own = 1_000 + sessions;
    const pid = mode === 'transaction' || mode === 'statement' ? 7 : own;
    let hasBegun = false;
    let left = Buffer.alloc(0);
    const hear = (kind: string, body: Buffer) => {
      if (kind !== 'Q') return socket.end();
      const sql = body.subarray(0, -1).toString();
      if (sql === 'begin' && mode === 'statement')
        return socket.write(Buffer.concat([fault('transaction blocks not allowed in statement pooling mode'), ready]));
      return socket.write(Buffer.concat([sql.includes('pg_backend_pid') ? rowOf(pid) : done(sql.toUpperCase()), ready]));
    };
    socket.on('error', () => undefined);
    socket.on('data', (chunk) => {
      left = Buffer.concat([left, chunk]);
      for (;;) {
        const head = hasBegun ? 1 : 0;
        const length = left.length >= head + 4 ? left.readInt32BE(head) + head : Infinity;
        if (left.length < length) return;
        const [kind, body] = [left.subarray(0, head).toString(), left.subarray(head + 4, length)];
        left = left.subarray(length);
        if (hasBegun) {
          hear(kind, body);
          continue;
        }
        hasBegun = true;
        if (mode === 'strict') socket.end(fault('unsupported startup parameter: statement_timeout'));
        else socket.write(Buffer.concat([message('R', int(0)), message('K', int(mode === 'server' ? own : own + 50_000), int(1)), ready]));
      }
    });
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return server;
}

describe('a pooler before the database', () => {
  let server: Server;
  const ask = async (mode: Mode) => {
    server = await speakAs(mode);
    return refuseUnfitPooler(`postgres://one@127.0.0.1:${(server.address() as AddressInfo).port}/city`);
  };
  afterEach(() => {
    server.close();
  });

  it.each(['server', 'session'] as const)('F13: is no hindrance where every session has a connection: %s', async (mode) => {
    await expect(ask(mode)).resolves.toBeUndefined();
  });

  it.each(['transaction', 'statement'] as const)('F13: is refused in one sentence where sessions share connections: %s', async (mode) => {
    await expect(ask(mode)).rejects.toThrow(/pool_mode = session/);
  });

  it('F13: is refused with what to set where it does not know what the product asks for', async () => {
    await expect(ask('strict')).rejects.toThrow(/ignore_startup_parameters = statement_timeout/);
  });
});
