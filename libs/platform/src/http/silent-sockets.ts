import type { FastifyInstance } from 'fastify';
import type { Socket } from 'node:net';

/**
 * Node closes connections that have been idle since their last request, but waits for those that have
 * never sent one: a load balancer's spare connection would hold up a stop until its time-out.
 */
export const dropSilentSocketsOnClose = (fastify: FastifyInstance): void => {
  const open = new Set<Socket>();
  fastify.server.on('connection', (socket: Socket) => {
    open.add(socket);
    socket.once('close', () => open.delete(socket));
  });
  fastify.addHook('preClose', (closed) => {
    for (const socket of open) if (socket.bytesRead === 0) socket.destroy();
    closed();
  });
};
