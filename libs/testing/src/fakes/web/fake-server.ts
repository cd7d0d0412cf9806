import { once } from 'node:events';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

export interface FakeRequest {
  readonly method: string;
  readonly path: string;
  readonly query: URLSearchParams;
  readonly headers: Readonly<Record<string, string | string[] | undefined>>;
  readonly body: string;
}

export interface FakeAnswer {
  readonly status: number;
  /** Written as JSON; none where it is missing. */
  readonly body?: unknown;
  /** Written as it is, instead. */
  readonly text?: string;
  readonly headers?: Readonly<Record<string, string>>;
  /** It was done, and the line broke before anybody heard so. */
  readonly isLost?: boolean;
}

export interface FakeServer {
  readonly url: string;
  readonly port: number;
  close(): Promise<void>;
}

const read = async (request: IncomingMessage): Promise<FakeRequest> => {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk as Buffer);
  const { pathname, searchParams } = new URL(request.url ?? '/', 'http://fake');
  const { method = 'GET', headers } = request;
  const body = Buffer.concat(chunks).toString();
  return { method, path: pathname, query: searchParams, headers, body };
};

const write = (response: ServerResponse, answer: FakeAnswer): void => {
  const { status, body, text, headers, isLost } = answer;
  if (isLost === true) {
    response.destroy();
    return;
  }
  response.writeHead(status, { 'content-type': 'application/json', ...headers });
  response.end(text ?? (body === undefined ? undefined : JSON.stringify(body)));
};

/** A provider's API on loopback: a real server, so that nothing between it and us is left out. */
export const startFakeServer = async (
  answer: (request: FakeRequest) => FakeAnswer | Promise<FakeAnswer>,
): Promise<FakeServer> => {
  const server = createServer((request, response) => {
    const done = read(request).then(answer);
    done.then(
      (given) => write(response, given),
      (error: unknown) => write(response, { status: 500, body: { error: String(error) } }),
    );
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${port}`,
    port,
    async close() {
      server.closeAllConnections();
      server.close();
      await once(server, 'close');
    },
  };
};
