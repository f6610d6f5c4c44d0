import type { IncomingMessage, Server, ServerResponse } from 'node:http';
import { isIP, type Socket } from 'node:net';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import type { Limits } from './limits';
import { refuseUnreadable } from './unreadable';

/** Of this machine or a private network, as behind a proxy: one address for many people. */
const speaksForMany = (address: string) =>
  /^(::ffff:)?(127\.|10\.|192\.168\.|172\.(1[6-9]|2\d|3[01])\.|169\.254\.)|^(::1$|fe80:|f[cd])/.test(address);

/** An IPv6 address counts with its whole /64, which is one household's. */
const groupOf = (address: string) =>
  isIP(address) === 6 && !address.startsWith('::ffff:') ? address.split(':').slice(0, 4).join(':') : address;

/** How long connections may take, and what Fastify passes on to Node. A missing host is refused by `guardBodies`: Node would say nothing but 400. */
export const connectionOptions = (limits: Limits) => ({
  requestTimeout: limits.requestMilliseconds,
  connectionTimeout: limits.silentMilliseconds,
  keepAliveTimeout: limits.keepAliveMilliseconds,
  http: { headersTimeout: limits.headersMilliseconds, connectionsCheckingInterval: limits.lookMilliseconds, requireHostHeader: false },
});

/** How many connections there may be, from one address and from all. When it gets tight, those that only wait make room. */
export function boundConnections(app: NestFastifyApplication, limits: Limits): void {
  const server: Server = app.getHttpServer();
  const open = new Map<string, number>();
  let all = 0;
  server.maxConnections = limits.connections;
  server.on('connection', (socket: Socket) => {
    const group = groupOf(socket.remoteAddress ?? '');
    all += 1;
    open.set(group, (open.get(group) ?? 0) + 1);
    socket.once('close', () => {
      all -= 1;
      const left = (open.get(group) ?? 1) - 1;
      if (left > 0) open.set(group, left);
      else open.delete(group);
    });
    if ((open.get(group) ?? 0) > limits.connectionsOfAddress && !speaksForMany(group)) socket.destroy();
    else if (all > limits.connections * 0.9) server.closeIdleConnections();
  });
  // Node would answer these by itself, or not at all.
  server.on('checkExpectation', (_request: IncomingMessage, response: ServerResponse) => {
    if (response.socket) refuseUnreadable(new Error('unknown expectation'), response.socket);
  });
  server.on('connect', (_request: IncomingMessage, socket: Socket) => refuseUnreadable(new Error('no tunnel'), socket));
}
