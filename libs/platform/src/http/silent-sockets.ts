import type { FastifyInstance } from 'fastify';
import type { Socket } from 'node:net';

const LOOK_MS = 50;

/**
 * Nobody but a client ends a connection that is kept alive, so a stop would wait for its time-out. Fastify drops
 * those that are idle when it closes. This drops two more: a connection that never sent a request (a load
 * balancer's spare one), and one whose last request was answered after the closing began.
 */
export const dropSilentSocketsOnClose = (fastify: FastifyInstance): void => {
  const { server } = fastify;
  const open = new Set<Socket>();
  server.on('connection', (socket: Socket) => {
    open.add(socket);
    socket.once('close', () => open.delete(socket));
  });
  fastify.addHook('preClose', (closed) => {
    for (const socket of open) if (socket.bytesRead === 0) socket.destroy();
    const looking = setInterval(() => server.closeIdleConnections(), LOOK_MS);
    server.once('close', () => clearInterval(looking));
    closed();
  });
};
