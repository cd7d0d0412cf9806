import { createServer, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

/** An answer that a server gives when it is not well; `hangs`: none at all. */
export interface UnwellAnswer {
  readonly status?: number;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: unknown;
  readonly hangs?: true;
}

/** Gives the answers that it is told to, and reads no question. */
export class FakeQdrant {
  readonly asked: { readonly method: string; readonly path: string; readonly key?: string }[] = [];
  readonly #answers: UnwellAnswer[] = [];
  readonly #hanging = new Set<ServerResponse>();

  private constructor(private readonly server: Server) {
    server.on('request', (request, response) => {
      const key = request.headers['api-key'];
      this.asked.push({
        ...{ method: request.method ?? '', path: request.url ?? '' },
        ...(typeof key === 'string' && { key }),
      });
      request.resume();
      request.once('end', () => this.#answer(response));
    });
  }

  static async start(): Promise<FakeQdrant> {
    const server = createServer();
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    return new FakeQdrant(server);
  }

  get url(): string {
    return `http://127.0.0.1:${(this.server.address() as AddressInfo).port}`;
  }

  /** In this order; the last one again and again. */
  answers(...answers: UnwellAnswer[]): void {
    this.#answers.splice(0, Infinity, ...answers);
    this.asked.splice(0);
  }

  async stop(): Promise<void> {
    for (const response of this.#hanging) response.destroy();
    this.server.closeAllConnections();
    await new Promise((resolve) => this.server.close(resolve));
  }

  #answer(response: ServerResponse): void {
    const answer = (this.#answers.length > 1 ? this.#answers.shift() : this.#answers[0]) ?? {};
    if (answer.hangs) {
      this.#hanging.add(response);
      return;
    }
    const { status = 200, headers = {}, body } = answer;
    const isText = typeof body === 'string';
    response.writeHead(status, {
      'content-type': isText ? 'text/plain' : 'application/json',
      ...headers,
    });
    response.end(isText ? body : JSON.stringify(body ?? {}));
  }
}

export const saying = (status: number, error: string): UnwellAnswer => ({
  status,
  body: { status: { error }, time: 0 },
});
