import { once } from 'node:events';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import {
  createServer as createTcpServer,
  type AddressInfo,
  type Server,
  type Socket,
} from 'node:net';

export interface Loopback {
  readonly port: number;
  readonly origin: string;
  readonly connections: () => number;
  close(): Promise<void>;
}

const opened = async (server: Server, host: string): Promise<Loopback> => {
  const sockets = new Set<Socket>();
  let connections = 0;
  server.on('connection', (socket: Socket) => {
    connections++;
    sockets.add(socket);
    socket.on('error', () => socket.destroy()).on('close', () => sockets.delete(socket));
  });
  server.listen(0, host);
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  return {
    port,
    origin: `http://${host.includes(':') ? `[${host}]` : host}:${port}`,
    connections: () => connections,
    async close() {
      for (const socket of sockets) socket.destroy();
      server.close();
      await once(server, 'close');
    },
  };
};

export const loopbackServer = (
  answer: (request: IncomingMessage, response: ServerResponse) => void,
  host = '127.0.0.1',
): Promise<Loopback> => opened(createServer(answer), host);

/** Sends its bytes to every client, for any request; then does as it is told. */
export const rawServer = (speak: (socket: Socket) => void): Promise<Loopback> =>
  opened(
    createTcpServer((socket) => void socket.once('data', () => speak(socket))),
    '127.0.0.1',
  );

/** Takes a connection and never says a word. */
export const silentServer = (): Promise<Loopback> => opened(createTcpServer(), '127.0.0.1');
